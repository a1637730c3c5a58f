/** Finding what a person presses or fills in: a channel they are in, a message they see, a view before them. */
import { type Naming, type Placed, placedElements } from './blocks.ts';
import { objectOf, objects } from './json.ts';
import type { Slack } from './slack.ts';
import type { Directory } from './text.ts';
import type { OpenView } from './views.ts';
import type { ElementMatch, Message, PersonInfo, Place } from './wire.ts';
import type { ChannelRecord } from './workspace.ts';

export function directoryOf({ workspace }: Slack): Directory {
  return {
    user: (name) => workspace.personNamed(name)?.id,
    channel: (name) => workspace.channelsNamed(name)[0]?.id,
    usergroup: (handle) => [...workspace.usergroups.values()].find((group) => group.handle === handle)?.id,
  };
}

export function namingOf(slack: Slack): Naming {
  const { user, channel } = directoryOf(slack);
  return { user: (name) => user(name.replace(/^@/, '')), channel: (name) => channel(name.replace(/^#/, '')) };
}

export type Wanted = (placed: Placed) => boolean;

export type Found = Placed & ({ message: Message; channel: ChannelRecord } | { view: OpenView });

export const pressable =
  (what: ElementMatch): Wanted =>
  ({ element, actionId, blockId }) => {
    if (what.blockId !== undefined && blockId !== what.blockId) return false;
    if (what.actionId !== undefined && actionId !== what.actionId) return false;
    if (what.value !== undefined && element.value !== what.value) return false;
    if (what.text !== undefined && objectOf(element.text).text !== what.text) return false;
    return true;
  };

/** Forms often give every input one action_id, so the block's name will do as well. */
export const field =
  (id: string): Wanted =>
  ({ actionId, blockId }) =>
    blockId === id || actionId === id;

export const readable = (slack: Slack, person: PersonInfo, channel: ChannelRecord): Message[] =>
  [...channel.messages.filter(({ deleted }) => !deleted), ...slack.ephemerals.in(person.id, channel.id)].sort(
    (a, b) => Number(a.ts) - Number(b.ts),
  );

export function viewFor(slack: Slack, person: PersonInfo, given?: string): OpenView {
  const stack = slack.views.stack(person.id);
  if (given === undefined) {
    const top = stack.at(-1);
    if (!top) throw new Error(`${person.name} has no view open`);
    return top;
  }
  const byId = slack.views.find(given);
  const shown = byId ?? stack.findLast(({ view }) => view.callback_id === given);
  const home = slack.views.home(person.id);
  if (shown?.user === person.id) return shown;
  if (given === 'home' && home) return home;
  throw new Error(`${person.name} has no view ${given} open`);
}

export function find(slack: Slack, person: PersonInfo, wanted: Wanted, what: string, on: Place): Found {
  if ('view' in on) {
    const view = viewFor(slack, person, on.view);
    const placed = placedElements(view.view.blocks).find(wanted);
    if (!placed) throw new Error(`no ${what} in that view`);
    return { ...placed, view };
  }
  const channel = channelFor(slack, person, on.channel);
  const messages = readable(slack, person, channel).filter(({ ts }) => on.ts === undefined || ts === on.ts);
  for (const message of messages.reverse()) {
    const placed = placedElements([...(message.blocks ?? []), ...objects(message.attachments)]).find(wanted);
    if (placed) return { ...placed, message, channel };
  }
  throw new Error(`no ${what} in ${channel.name || channel.id} for ${person.name}`);
}

/** A channel this person is in; by id, name, or the direct conversation with the bot. */
export function channelFor({ workspace }: Slack, person: PersonInfo, given: string): ChannelRecord {
  const name = given.replace(/^#/, '');
  const candidates = [workspace.channels.get(given), ...workspace.channelsNamed(name)];
  const channel = candidates.find((one) => one?.members.has(person.id));
  if (channel) return channel;
  throw new Error(`${person.name} is not in ${given}`);
}
