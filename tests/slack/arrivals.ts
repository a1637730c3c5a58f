import { createLog } from '../../src/log.ts';
import type { Arrival } from '../../src/slack/deliveries.ts';
import { identify } from '../../src/slack/deliveries.ts';

export const silent = createLog('silent');

/** What Slack sends, with what matters to a test. https://docs.slack.dev/reference/interaction-payloads */
export const anEvent = (id: string, event: object = {}) => ({
  type: 'event_callback',
  team_id: 'T1',
  event_id: id,
  event: { type: 'member_joined_channel', channel: 'C1', user: 'U1', ...event },
});
export const aCommand = (id: string, fields: object = {}) => ({
  command: '/incident',
  team_id: 'T1',
  trigger_id: id,
  text: 'list',
  user_id: 'U1',
  channel_id: 'C1',
  ...fields,
});
export const aPress = (id: string, fields: object = {}) => ({
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1' },
  trigger_id: id,
  actions: [{ type: 'button', action_id: 'join', block_id: 'b', value: 'inc_7' }],
  ...fields,
});
export const aSubmission = (id: string, fields: object = {}) => ({
  type: 'view_submission',
  team: { id: 'T1' },
  user: { id: 'U1' },
  trigger_id: id,
  view: {
    id: 'V1',
    hash: '1.abc',
    blocks: [
      { type: 'section', block_id: 'words' },
      { type: 'input', block_id: 'title' },
    ],
  },
  ...fields,
});

export type Arrived = Arrival & { acks: unknown[] };

/** A delivery as a receiver hands it over; `acks` is what went back. */
export function arrive(body: unknown): Arrived {
  const known = identify(body);
  if (!known) throw new Error('no delivery that is known');
  const acks: unknown[] = [];
  const ack = async (payload: unknown) => {
    acks.push(payload);
  };
  return { ...known, body, acks, ack };
}
