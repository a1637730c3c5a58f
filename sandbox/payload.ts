/** The parts that interaction payloads share: https://docs.slack.dev/reference/interaction-payloads */
import { stateFor } from './blocks.ts';
import type { InteractionResult } from './deliver.ts';
import type { Found } from './find.ts';
import type { Json } from './json.ts';
import { wireMessage } from './messages.ts';
import { bot, team } from './people.ts';
import type { Slack } from './slack.ts';
import type { Message, PersonInfo, PressResult, ViewState } from './wire.ts';
import type { ChannelRecord } from './workspace.ts';

const userOf = ({ id, name, teamId }: PersonInfo) => ({ id, username: name, name, team_id: teamId });

export const outcome = ({ ack: _, ...result }: InteractionResult): PressResult => result;

/** Message selects keep what each person chose, until the message changes under them. */
const messageStates = new WeakMap<Slack, Map<string, ViewState>>();

function statesOf(slack: Slack): Map<string, ViewState> {
  const known = messageStates.get(slack);
  if (known) return known;
  const fresh = new Map<string, ViewState>();
  messageStates.set(slack, fresh);
  return fresh;
}

/** What Slack calls the conversation in a command's payload. */
export function channelNameFor({ kind, name }: ChannelRecord): string {
  if (kind === 'im') return 'directmessage';
  return kind === 'private' ? 'privategroup' : name;
}

export function basePayload(type: string, person: PersonInfo): Json {
  return {
    type,
    user: userOf(person),
    api_app_id: bot.appId,
    token: 'sandbox',
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function whereFrom(slack: Slack, person: PersonInfo, found: Found): Json {
  if ('view' in found) {
    const { view } = found.view;
    const { errors: _, ...sent } = view;
    return { container: { type: 'view', view_id: view.id }, view: structuredClone(sent), state: view.state };
  }
  const { message, channel } = found;
  const about = { channel: channel.id, user: person.id, original: message };
  const thread = message.thread_ts;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: Boolean(message.ephemeralFor),
      ...(thread && { thread_ts: thread }),
    },
    channel: { id: channel.id, name: channelNameFor(channel) },
    // Slack sends no message for those only one person sees.
    ...(!message.ephemeralFor && { message: wireMessage(message) }),
    state: { values: stateOf(slack, person, message) },
    response_url: slack.responseUrls.create('actions', { ...about, ...(thread && { thread }) }),
  };
}

function stateOf(slack: Slack, person: PersonInfo, message: Message): ViewState {
  return stateFor(message.blocks, statesOf(slack).get(`${person.id} ${message.channel} ${message.ts}`));
}

export function keep(slack: Slack, person: PersonInfo, found: Found, state: Json) {
  const { blockId, actionId } = found;
  if ('view' in found) {
    const { values } = found.view.view.state;
    values[blockId] = { ...values[blockId], [actionId]: state };
    return;
  }
  const values = stateOf(slack, person, found.message);
  values[blockId] = { ...values[blockId], [actionId]: state };
  statesOf(slack).set(`${person.id} ${found.message.channel} ${found.message.ts}`, values);
}
