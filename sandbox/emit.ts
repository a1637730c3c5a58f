/** Turns what happened in the workspace into Events API deliveries, for what the app may see and asked for. */
import type { Deliver } from './deliver.ts';
import { type Json, textOf } from './json.ts';
import type { AppSettings } from './manifest.ts';
import { bot, team } from './people.ts';
import type { ChannelKind, ChannelRecord, Workspace } from './workspace.ts';

export type Happening = Json & { type: string };

export type Emit = (event: Happening, about?: ChannelRecord) => void;

export const channelType: Record<ChannelKind, string> = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' };

const messageEvents: Record<ChannelKind, string> = {
  public: 'message.channels',
  private: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
};

/** Told about every public channel, member or not: https://docs.slack.dev/reference/events/channel_archive */
const everywhere =
  /^(?:channel_(?:created|archive|unarchive|rename|deleted)|app_home_opened|user_change|team_join|subteam_updated)$/;

/** Private channels have event types of their own. */
const asGroup = (type: string) => type.replace(/^channel_(?=archive|unarchive|rename|deleted)/, 'group_');

export function createEmit(parts: {
  app: AppSettings;
  workspace: Workspace;
  deliver: Deliver;
  now: () => number;
}): Emit {
  const { app, workspace, deliver, now } = parts;

  function isAskedFor(event: Happening, about: ChannelRecord | undefined): boolean {
    if (!app.events) return true;
    return app.events.has(event.type === 'message' && about ? messageEvents[about.kind] : event.type);
  }

  return (happening, about) => {
    const isMember = about?.members.has(bot.userId) ?? true;
    const event: Happening = about?.kind === 'private' ? { ...happening, type: asGroup(happening.type) } : happening;
    if (!isMember && !(about?.kind === 'public' && everywhere.test(event.type))) return;
    if (!isAskedFor(event, about)) return;
    void deliver.event({
      token: 'sandbox',
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: bot.appId,
      event: { ...event, event_ts: textOf(event.event_ts) ?? workspace.eventTs() },
      type: 'event_callback',
      event_id: workspace.nextId('Ev'),
      event_time: Math.floor(now() / 1000),
      authorizations: [
        { enterprise_id: null, team_id: team.id, user_id: bot.userId, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: about?.externallyShared ?? false,
      event_context: `4-${workspace.nextId('EC')}`,
    });
  };
}
