import type { App } from '@slack/bolt';
import type { Command } from '../../incident/commands.ts';
import type { Inside } from '../../slack/inside.ts';
import { onEvent, onPress } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import { openChannelFor } from './open-channel.ts';

/** What people do to the channel of an incident in Slack itself. Private channels have events of their own. */
export function listenToChannel(app: App, inside: Inside): void {
  const report = async (channel: string, command: Command, delivery: string, person = 'slack'): Promise<void> => {
    const incident = await inside.store.read((tx) => tx.incidents.byChannel(channel));
    if (incident) await inside.desk.handle(incident.id, command, { person, delivery });
  };
  const gone = (how: 'archived' | 'deleted' | 'bot-removed', ours = false): Command => ({
    type: 'reportChannelGone',
    how,
    ...(ours && { ours }),
  });
  const isUs = (user?: string) => user === inside.identity().botUser;

  onEvent(app, 'channel_archive', inside, ({ channel, user }, delivery) =>
    report(channel, gone('archived', isUs(user)), delivery, user),
  );
  onEvent(app, 'group_archive', inside, ({ channel, user }, delivery) =>
    report(channel, gone('archived', isUs(user)), delivery, user),
  );
  onEvent(app, 'channel_unarchive', inside, ({ channel, user }, delivery) =>
    report(channel, { type: 'reportChannelBack' }, delivery, user),
  );
  onEvent(app, 'group_unarchive', inside, ({ channel }, delivery) =>
    report(channel, { type: 'reportChannelBack' }, delivery),
  );
  onEvent(app, 'channel_deleted', inside, ({ channel }, delivery) => report(channel, gone('deleted'), delivery));
  onEvent(app, 'group_deleted', inside, ({ channel }, delivery) => report(channel, gone('deleted'), delivery));
  onEvent(app, 'channel_left', inside, ({ channel }, delivery) => report(channel, gone('bot-removed'), delivery));
  onEvent(app, 'group_left', inside, ({ channel }, delivery) => report(channel, gone('bot-removed'), delivery));
  onEvent(app, 'channel_rename', inside, ({ channel }, delivery) =>
    report(channel.id, { type: 'reportChannelRenamed', name: channel.name }, delivery),
  );
  onEvent(app, 'group_rename', inside, ({ channel }, delivery) =>
    report(channel.id, { type: 'reportChannelRenamed', name: channel.name }, delivery),
  );

  onEvent(app, 'member_joined_channel', inside, ({ channel, user }, delivery) =>
    report(
      channel,
      isUs(user) ? { type: 'reportChannelBack' } : { type: 'reportJoined', person: user },
      delivery,
      user,
    ),
  );
  onEvent(app, 'member_left_channel', inside, ({ channel, user }, delivery) =>
    report(channel, isUs(user) ? gone('bot-removed') : { type: 'reportLeft', person: user }, delivery, user),
  );

  onPress(app, 'another-channel', inside, async (call) => {
    const pressed = await pressedOn(call, 'join', inside);
    if (typeof pressed === 'string') return { text: pressed };
    const { incident } = pressed;
    if (!incident.channelGone) return { text: `#${incident.number} has a channel: <#${incident.channel?.id}>.` };
    await inside.enqueue([openChannelFor(incident)]);
    return { text: `I am opening a new channel for #${incident.number} and invite those who worked on it.` };
  });
}
