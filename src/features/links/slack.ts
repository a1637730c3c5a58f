import type { App } from '@slack/bolt';
import * as z from 'zod';
import { AddLink, RemoveLink } from '../../incident/commands.ts';
import type { Incident } from '../../incident/incident.ts';
import { denial, type Person, visibleTo } from '../../may.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import { carryOut, type IncidentForm, listenToForm, openForm, pressedOn } from '../../slack/on-incident.ts';
import { refusalText } from '../../slack/refusals.ts';
import type { IncidentCall, Subcommand } from '../../slack/subcommand.ts';
import { linkModal, linksMessage, notALink, startOf } from './views.ts';

const form: IncidentForm = {
  name: 'link',
  whileOpen: false,
  modal: (incident, _, typed) => linkModal(incident, typed),
  command: (values) => AddLink.safeParse({ type: 'addLink', ...values }),
  action: () => 'addLink',
  sentences: {
    url: 'An address that begins with https://, of at most 2,000 characters.',
    title: 'At most 100 characters.',
  },
  refusedAt: () => 'url',
};

export const linkSubcommand: Subcommand = {
  name: 'link',
  usage: 'link [https://… [title] | #12 | remove 2]',
  help: 'Keep a link here and in the bookmarks, or mark another incident as related; show those there are.',
  where: 'incident',
  async run(call, inside) {
    const [, first = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(call.text) ?? [];
    if (!first || first === 'list') return show(call.incident, call.person, inside);
    if (first === 'add') return openForm(form, { ...call, text: rest }, inside);
    const [, other] = /^#?(\d+)$/.exec(first) ?? [];
    if (other) return relate(call, Number(other), inside);
    const [, which] = /^#?(\d+)$/.exec(rest) ?? [];
    if (first === 'remove' && which) return remove(call, Number(which) - 1, inside);
    const command = AddLink.safeParse({ type: 'addLink', url: first, title: rest.slice(0, 100) });
    return command.success ? carryOut(call, command.data, 'addLink', inside) : notALink(first);
  },
};

async function show(incident: Incident, person: Person, { store, policy }: Inside): Promise<Reply> {
  const related = await store.read((tx) =>
    Promise.all(incident.related.slice(0, 50).map(({ id }) => tx.incidents.load(id))),
  );
  const visible = visibleTo(policy, person);
  const seen = related.filter((other) => other !== undefined && visible(other)) as Incident[];
  return linksMessage(incident, seen, policy);
}

async function remove(call: IncidentCall, index: number, inside: Inside): Promise<Reply> {
  const link = call.incident.links[index];
  if (!link) return { text: refusalText('no-such-link') };
  const refused = await carryOut(call, RemoveLink.parse({ type: 'removeLink', url: link.url }), 'addLink', inside);
  return refused ?? { text: 'Removed, here and from the bookmarks.' };
}

/** Both say so, unless the other's people would learn of a private incident. */
async function relate(call: IncidentCall, number: number, inside: Inside): Promise<Reply> {
  const { incident, person } = call;
  const other = await inside.store.read((tx) => tx.incidents.byNumber(number));
  if (!other || denial(inside.policy, person, 'see', other)) return { text: refusalText('no-such-incident') };
  if (other.id === incident.id) return { text: 'That is this incident.' };
  const named = ({ id, number: of }: Incident) => ({ type: 'relate', other: { id, number: of } }) as const;
  const refused = await carryOut(call, named(other), 'addLink', inside);
  if (refused) return refused;
  const tells = !incident.isPrivate || other.isPrivate;
  // Without the delivery, which the first of the two has answered.
  if (tells) await inside.desk.handle(other.id, named(incident), { person: person.id });
  return undefined;
}

const Removed = z.tuple([z.string(), z.number(), z.string()]);

export function listen(app: App, inside: Inside): void {
  listenToForm(app, inside, form);

  onPress(app, 'open-links', inside, async (call) => {
    const pressed = await pressedOn(call, 'see', inside);
    return typeof pressed === 'string' ? { text: pressed } : show(pressed.incident, call.person, inside);
  });

  onPress(
    app,
    'remove-link',
    inside,
    async (call) => {
      const [id, index, start] = Removed.parse(JSON.parse(call.text));
      const pressed = await pressedOn({ ...call, text: id }, 'addLink', inside);
      if (typeof pressed === 'string') return { text: pressed };
      const link = pressed.incident.links[index];
      if (!link || startOf(link) !== start) return show(pressed.incident, call.person, inside);
      const refused = await remove({ ...call, ...pressed }, index, inside);
      const now = await inside.store.read((tx) => tx.incidents.load(id));
      return now ? show(now, call.person, inside) : refused;
    },
    { replace: true },
  );
  // The button leads there by itself; the press is told all the same.
  onPress(app, 'join-call', inside, async () => undefined);
}
