import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Place } from '../../incident/incident.ts';
import { denial } from '../../may.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import { denialText } from '../../slack/refusals.ts';
import type { Call, Subcommand } from '../../slack/subcommand.ts';
import { erasing, What } from './erase.ts';
import { areYouSure, erasingNow, nothingKept, whatToErase } from './views.ts';

const may = 'erase';

/** What a press carries. A person is erased everywhere, so there need not be an incident. */
const Wanted = z.object({ incident: z.string().optional(), what: What });
type Wanted = z.infer<typeof Wanted>;

export const eraseSubcommand: Subcommand = {
  name: 'erase',
  usage: 'erase <link to a message> | @who | everything',
  help: 'Erase what was said from the record: one message, all of a person, all of an incident. For incident admins.',
  where: 'anywhere',
  async run(call, inside) {
    const denied = denial(inside.policy, call.person, may);
    if (denied) return { text: denialText(denied) };
    const wanted = await wish(call, inside);
    if (!wanted) return whatToErase;
    const counts = await standing(wanted, inside);
    const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
    return count === 0 ? nothingKept : areYouSure(wanted.what, count, counts.size, JSON.stringify(wanted));
  },
};

async function wish(call: Call, { store }: Inside): Promise<Wanted | undefined> {
  const source = placeIn(call.text);
  if (source) {
    const [message] = await store.read((tx) => tx.messages.at([source]));
    return { incident: message?.incident ?? '', what: { of: 'message', source } };
  }
  const [person] = call.mentions;
  if (person) return { what: { of: 'person', person } };
  const [, number] = /^#?(\d+)\s+everything$|^everything$/i.exec(call.text) ?? [];
  if (!/everything$/i.test(call.text)) return undefined;
  const incident = await store.read((tx) =>
    number ? tx.incidents.byNumber(Number(number)) : tx.incidents.byChannel(call.channel ?? ''),
  );
  return incident && { incident: incident.id, what: { of: 'incident' } };
}

/** The address that "Copy link" gives: `…/archives/C123/p1700000000000100`. */
export function placeIn(text: string): Place | undefined {
  const [, channel, seconds, micros] = /\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})/.exec(text) ?? [];
  return channel && seconds && micros ? { channel, ts: `${seconds}.${micros}` } : undefined;
}

function standing({ incident, what }: Wanted, { store }: Inside): Promise<Map<string, number>> {
  return store.read(async (tx) => {
    if (what.of !== 'message')
      return tx.messages.countStanding({
        ...(what.of === 'person' && { author: what.person }),
        ...(incident !== undefined && { incident }),
      });
    const [message] = await tx.messages.at([what.source]);
    return new Map(message && !message.erasedAt ? [[message.incident, 1]] : []);
  });
}

async function pressed(call: Call, inside: Inside): Promise<Reply> {
  const denied = denial(inside.policy, call.person, may);
  if (denied) return { text: denialText(denied) };
  const wanted = Wanted.parse(JSON.parse(call.text));
  const incidents = [...(await standing(wanted, inside)).keys()];
  if (incidents.length === 0) return nothingKept;
  const at = inside.now();
  await inside.enqueue(incidents.map((incident) => erasing(incident, wanted.what, call.person.id, at)));
  return erasingNow;
}

export function listen(app: App, inside: Inside): void {
  onPress(app, 'erase-messages', inside, (call) => pressed(call, inside), { replace: true });
}
