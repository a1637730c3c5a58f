import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { denial, type Person } from '../../may.ts';
import type { Inside } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { trayMessage } from './views.ts';

export const traySubcommand: Subcommand = {
  name: 'tray',
  usage: 'tray',
  help: 'Show everything that can be done now. A bare `/incident` does the same here.',
  where: 'incident',
  run: async (call, inside) => trayOf(call.incident, call.person, call.here, inside),
};

function trayOf(incident: Incident, person: Person, here: boolean, { tray, policy }: Inside) {
  const items = tray.filter(
    (item) => item.when(incident, person) && !denial(policy, person, item.may, incident, { here }),
  );
  return trayMessage(incident, items, policy);
}

const Chosen = z.tuple([z.string(), z.string()]);

export function listen(app: App, inside: Inside): void {
  onPress(app, 'open-tray', inside, async (call) => {
    const pressed = await pressedOn(call, 'see', inside);
    return typeof pressed === 'string'
      ? { text: pressed }
      : trayOf(pressed.incident, call.person, pressed.here, inside);
  });

  onPress(app, 'tray-menu', inside, async (call, press) => {
    const [action, incident] = Chosen.parse(JSON.parse(call.text));
    const named = inside.tray.some((item) => item.action === action) && inside.presses.get(action);
    if (!named) return { text: 'That is not offered any more. `/incident` shows what can be done now.' };
    return named({ ...call, text: incident }, { ...press, action });
  });
}
