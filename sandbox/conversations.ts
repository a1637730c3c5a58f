/** Making, joining, naming and closing channels, with the messages and events each of them causes. */
import { channelType } from './emit.ts';
import { post } from './messages.ts';
import { bot, isAGuest } from './people.ts';
import { refuse } from './refusal.ts';
import type { Slack } from './slack.ts';
import type { PersonInfo } from './wire.ts';
import { type ChannelRecord, isPrivate } from './workspace.ts';

/** https://docs.slack.dev/reference/methods/conversations.create#naming */
const longestName = 80;

export function checkedName(name: string): string {
  if (name === '') refuse('invalid_name_required');
  if (name.length > longestName) refuse('invalid_name_maxlength');
  if (!/[\p{L}\p{N}]/u.test(name)) refuse('invalid_name_punctuation');
  if (!/^[\p{Ll}\p{Lo}\p{Lm}\p{N}_-]+$/u.test(name)) refuse('invalid_name_specials');
  return name;
}

const nowSeconds = (slack: Slack) => Math.floor(slack.clock.now() / 1000);

/** Private channels keep the older names of system messages. */
const systemSubtype = (channel: ChannelRecord, what: string) =>
  `${channel.kind === 'private' ? 'group' : 'channel'}_${what}`;

function say(slack: Slack, channel: ChannelRecord, by: string, what: string, text: string, extra = {}) {
  post(slack, channel, { user: by, text, subtype: systemSubtype(channel, what), extra });
}

export function create(slack: Slack, name: string, by: string, { secret = false } = {}): ChannelRecord {
  const { workspace } = slack;
  if (workspace.channelsNamed(checkedName(name)).length > 0 && !slack.faults.allowsTwins()) refuse('name_taken');
  const channel = workspace.addChannel({ name, kind: secret ? 'private' : 'public', creator: by, members: [by] });
  const { id, created } = channel;
  if (!secret) slack.emit({ type: 'channel_created', channel: { id, name, created, creator: by } }, channel);
  joined(slack, channel, by);
  return channel;
}

function joined(slack: Slack, channel: ChannelRecord, user: string, inviter?: string) {
  say(slack, channel, user, 'join', `<@${user}> has joined the channel`, inviter ? { inviter } : {});
  slack.emit(
    {
      type: 'member_joined_channel',
      user,
      channel: channel.id,
      channel_type: channelType[channel.kind].charAt(0).toUpperCase(),
      team: slack.workspace.people.get(user)?.teamId,
      ...(inviter && { inviter }),
    },
    channel,
  );
}

export function join(slack: Slack, channel: ChannelRecord, user: string, inviter?: string) {
  channel.members.add(user);
  if (slack.workspace.people.get(user)?.role === 'stranger') channel.externallyShared = true;
  slack.workspace.changed({ kind: 'channel', channel });
  joined(slack, channel, user, inviter);
}

export function leave(slack: Slack, channel: ChannelRecord, user: string, kickedBy?: string) {
  const { workspace } = slack;
  const left = {
    type: 'member_left_channel',
    user,
    channel: channel.id,
    channel_type: channelType[channel.kind].charAt(0).toUpperCase(),
    team: workspace.people.get(user)?.teamId,
  };
  // The app hears of its own leaving too, so the event goes out before it is gone.
  slack.emit(left, channel);
  channel.members.delete(user);
  workspace.changed({ kind: 'channel', channel });
  const text = kickedBy
    ? `<@${user}> was removed from the channel by <@${kickedBy}>`
    : `<@${user}> has left the channel`;
  say(slack, channel, user, 'leave', text);
}

export function inviteTrouble(channel: ChannelRecord, person: PersonInfo | undefined, by: string, byBot: boolean) {
  if (!person) return 'user_not_found';
  if (person.id === by) return 'cant_invite_self';
  if (channel.members.has(person.id)) return 'already_in_channel';
  if (person.role === 'deactivated') return 'cant_invite';
  if (person.role === 'stranger' && byBot) return 'org_user_not_in_team';
  return undefined;
}

/** A single-channel guest is in one channel at most, and it is another one. */
export function guestTrouble(slack: Slack, person: PersonInfo | undefined): string | undefined {
  if (person?.role !== 'single-channel-guest') return undefined;
  const elsewhere = [...slack.workspace.channels.values()].some(
    ({ kind, archived, members }) => kind !== 'im' && !archived && members.has(person.id),
  );
  return elsewhere ? 'ura_max_channels' : undefined;
}

export function archive(slack: Slack, channel: ChannelRecord, by: string) {
  say(slack, channel, by, 'archive', `<@${by}> archived the channel`);
  channel.archived = true;
  slack.workspace.changed({ kind: 'channel', channel });
  slack.emit({ type: 'channel_archive', channel: channel.id, user: by, is_moved: 0 }, channel);
}

/** Slack takes bots out of a channel that goes into the archive: when it is back they are to be invited again. */
export function unarchive(slack: Slack, channel: ChannelRecord, by: string) {
  channel.archived = false;
  channel.members.delete(bot.userId);
  slack.workspace.changed({ kind: 'channel', channel });
  say(slack, channel, by, 'unarchive', `<@${by}> un-archived the channel`);
  slack.emit({ type: 'channel_unarchive', channel: channel.id, user: by }, channel);
}

/** With all that was said in it; only people can do that. */
export function remove(slack: Slack, channel: ChannelRecord, by: string) {
  slack.workspace.removeChannel(channel);
  slack.emit({ type: 'channel_deleted', channel: channel.id, actor_id: by }, channel);
}

export function rename(slack: Slack, channel: ChannelRecord, name: string, by: string) {
  const { name: old_name } = channel;
  if (slack.workspace.channelsNamed(checkedName(name)).some(({ id }) => id !== channel.id)) refuse('name_taken');
  slack.workspace.renameChannel(channel, name);
  const text = `<@${by}> has renamed the channel from “${old_name}” to “${name}”`;
  say(slack, channel, by, 'name', text, { old_name, name });
  slack.emit(
    { type: 'channel_rename', channel: { id: channel.id, name, name_normalized: name, created: channel.created } },
    channel,
  );
}

/** https://docs.slack.dev/reference/methods/conversations.setTopic: 250 characters, no formatting. */
const longestNote = 250;

export function setNote(slack: Slack, channel: ChannelRecord, what: 'topic' | 'purpose', value: string, by: string) {
  if ([...value].length > longestNote) refuse('too_long');
  if (channel[what].value === value) return;
  channel[what] = { value, creator: by, last_set: nowSeconds(slack) };
  slack.workspace.changed({ kind: 'channel', channel });
  say(slack, channel, by, what, `<@${by}> set the channel ${what}: ${value}`, { [what]: value });
}

export function openDirect(slack: Slack, users: string[]): { channel: ChannelRecord; isNew: boolean } {
  const { workspace } = slack;
  const known = workspace.directChannel(users);
  if (known) return { channel: known, isNew: false };
  const [first = bot.userId] = users;
  const kind = users.length > 2 ? 'mpim' : 'im';
  const names = users.map((id) => workspace.people.get(id)?.name ?? id);
  const name = kind === 'mpim' ? `mpdm-${names.join('--')}-1` : names.join('+');
  return { channel: workspace.addChannel({ name, kind, creator: first, members: users }), isNew: true };
}

export const isGeneral = ({ name }: ChannelRecord) => name === 'general';

/** Guests see only the channels they are in; everybody else sees every public one. */
export function canSee(person: PersonInfo, channel: ChannelRecord): boolean {
  if (channel.members.has(person.id)) return true;
  return !isPrivate(channel) && !isAGuest(person) && person.role !== 'stranger' && person.role !== 'deactivated';
}
