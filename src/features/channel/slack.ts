import type { App } from '@slack/bolt';
import type { Incident } from '../../incident/incident.ts';
import type { Message } from '../../slack/blocks.ts';
import type { Inside } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';
import { listenToChannel } from './events.ts';
import { inviteTo } from './furnish.ts';

export function listen(app: App, inside: Inside): void {
  listenToChannel(app, inside);

  onPress(app, 'join', inside, async (call) => {
    const pressed = await pressedOn(call, 'join', inside);
    if (typeof pressed === 'string') return { text: pressed };
    const { incident } = pressed;
    if (!incident.channel) return { text: `#${incident.number} has no channel yet. Press *Join* again in a moment.` };
    if (incident.channelGone) return { text: cannotJoin(incident) };
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
}

const cannotJoin = ({ number, channel, channelGone }: Incident): string => {
  if (channelGone === 'bot-removed')
    return `I am not in <#${channel?.id}> any more, so I cannot add you. Ask somebody in it.`;
  return `The channel of #${number} is ${channelGone === 'archived' ? 'archived' : 'gone'}. Its announcement says how it stands.`;
};
