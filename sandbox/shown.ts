/** A channel as the control API tells it. */
import type { Slack } from './slack.ts';
import type { Channel } from './wire.ts';
import { type ChannelRecord, isPrivate } from './workspace.ts';

export function shownChannel({ workspace }: Slack, channel: ChannelRecord): Channel {
  const { id, name, kind, archived, topic, purpose, created, creator, bookmarks, pins, externallyShared } = channel;
  const members = [...channel.members];
  return {
    id,
    name,
    kind,
    private: isPrivate(channel),
    archived,
    topic: topic.value,
    purpose: purpose.value,
    created,
    creator,
    members,
    memberNames: members.map((user) => workspace.people.get(user)?.name ?? user),
    pins: pins.map(({ ts }) => ts),
    bookmarks,
    externallyShared,
  };
}
