import type { EffectKind } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';

type How = 'archived' | 'deleted' | 'bot-removed';

/** What Slack says of a channel that can no longer be written to. A deleted one cannot be told from one that we never saw. */
const ways: Record<string, How> = {
  is_archived: 'archived',
  not_in_channel: 'bot-removed',
  channel_not_found: 'deleted',
};

/**
 * Work in the channel of an incident. Once the channel is gone it is left undone, or each thing that happens would add a failure:
 * the announcement goes on, and when the channel is back the headline says how things stand. A channel that turns out to be gone is
 * reported as that, once, and not as trouble with whatever was to be done there.
 */
export function inChannel(kind: EffectKind<Outside>): EffectKind<Outside> {
  return {
    ...kind,
    async run(stored, outside, attempt) {
      const incident = attempt.incident ? await incidentOf(outside, attempt.incident) : undefined;
      if (incident?.channelGone) return {};
      try {
        return await kind.run(stored, outside, attempt);
      } catch (error) {
        const how = error instanceof Impossible ? ways[error.code] : undefined;
        if (!how || !incident?.channel) throw error;
        return { report: { type: 'reportChannelGone', how } };
      }
    },
  };
}
