import type { App } from '@slack/bolt';
import type { Message } from '../../slack/blocks.ts';
import type { Inside } from '../../slack/inside.ts';
import { onEvent, onPress } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';
import { inviteTo } from './furnish.ts';

export function listen(app: App, inside: Inside): void {
  onPress(app, 'join', inside, async (call) => {
    const pressed = await pressedOn(call, 'join', inside);
    if (typeof pressed === 'string') return { text: pressed };
    const { incident } = pressed;
    if (!incident.channel) return { text: `#${incident.number} has no channel yet. Press *Join* again in a moment.` };
    await inside.enqueue([inviteTo(incident, call.person.id)]);
    return { text: `I am adding you to <#${incident.channel.id}>.` };
  });

  onPress(app, 'retry', inside, async (call): Promise<Message> => {
    const pressed = await pressedOn(call, 'retry', inside);
    if (typeof pressed === 'string') return { text: pressed };
    const count = await inside.revive(pressed.incident.id);
    return {
      text: count > 0 ? `Trying again for ${incidentName(pressed.incident)}.` : 'There is nothing left to try again.',
    };
  });

  onEvent(app, 'member_joined_channel', inside, ({ channel, user }, delivery) =>
    report(channel, { type: 'reportJoined', person: user }, delivery),
  );
  onEvent(app, 'member_left_channel', inside, ({ channel, user }, delivery) =>
    report(channel, { type: 'reportLeft', person: user }, delivery),
  );

  async function report(
    channel: string,
    command: { type: 'reportJoined' | 'reportLeft'; person: string },
    delivery: string,
  ) {
    const incident = await inside.store.read((tx) => tx.incidents.byChannel(channel));
    if (!incident || command.person === inside.identity().botUser) return;
    await inside.desk.handle(incident.id, command, { person: command.person, delivery });
  }
}
