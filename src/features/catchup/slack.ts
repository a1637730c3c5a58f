import type { App } from '@slack/bolt';
import type { Incident } from '../../incident/incident.ts';
import type { Person } from '../../may.ts';
import type { Message } from '../../slack/blocks.ts';
import type { Inside } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { catchUpFacts } from './facts.ts';
import { catchUpMessage } from './views.ts';

async function catchUp(incident: Incident, person: Person, { store, policy, now }: Inside): Promise<Message> {
  const facts = await store.read((tx) => catchUpFacts(tx, incident, person, policy));
  return catchUpMessage(facts, policy, now());
}

export const catchUpSubcommand: Subcommand = {
  name: 'catchup',
  aliases: ['catch-up'],
  usage: 'catchup',
  help: 'Tell me alone what happened, who does what, what is open and what is next.',
  where: 'incident',
  run: (call, inside) => catchUp(call.incident, call.person, inside),
};

export function listen(app: App, inside: Inside): void {
  onPress(app, 'catch-up', inside, async (call) => {
    const pressed = await pressedOn(call, 'see', inside);
    return typeof pressed === 'string' ? { text: pressed } : catchUp(pressed.incident, call.person, inside);
  });
}
