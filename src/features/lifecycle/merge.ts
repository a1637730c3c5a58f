import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { By } from '../../desk.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOver, openStatuses } from '../../incident/lifecycle.ts';
import { denial, type Person, visibleTo } from '../../may.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { onPress, onSubmit } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { alike } from '../declare/similar.ts';
import { mergeModal, noOther } from './merge-views.ts';

const numberTyped = /^(?:into\s+)?#?(\d{1,9})$/i;

export const mergeSubcommand: Subcommand = {
  name: 'merge',
  usage: 'merge [#12]',
  help: 'Say that this is the same as another one, where it goes on.',
  where: 'incident',
  async run(call, inside) {
    const { incident, person, here, by } = call;
    const [, digits] = numberTyped.exec(call.text) ?? [];
    if (!digits) return openMerge(incident, person, here, inside);
    const into = await inside.store.read((tx) => tx.incidents.byNumber(Number(digits)));
    const why = await merge(incident, into, { person, by, here }, inside);
    return why ? { text: why } : undefined;
  },
};

const Metadata = z.object({ incident: z.string(), here: z.boolean() });

async function openMerge(incident: Incident, person: Person, here: boolean, inside: Inside): Promise<Reply> {
  const denied = denial(inside.policy, person, 'cancel', incident, { here });
  if (denied) return { text: denialText(denied) };
  if (isOver(incident)) return { text: refusalText('incident-over') };
  const { others, similar } = await candidates(incident, person, inside);
  if (others.length === 0) return noOther;
  const metadata = JSON.stringify({ incident: incident.id, here });
  return { open: { ...mergeModal(incident, others, similar), callback_id: 'merge', private_metadata: metadata } };
}

/** So many of the likeliest are shown apart. */
const mostSimilar = 3;

/** Open ones that the person can see and that it may go on as, the likeliest first. */
async function candidates(incident: Incident, person: Person, { store, policy, now }: Inside) {
  const open = await store.read((tx) => tx.incidents.list({ statuses: openStatuses }));
  const possible = open
    .filter(visibleTo(policy, person))
    .filter(
      ({ id, isPrivate, isPractice }) =>
        id !== incident.id && (isPrivate || !incident.isPrivate) && isPractice === incident.isPractice,
    );
  const similar = alike(incident.title, possible, now()).slice(0, mostSimilar);
  return { others: [...similar, ...possible.filter((one) => !similar.includes(one))], similar };
}

/** Why not, as a sentence; undefined when they are one now. */
async function merge(
  incident: Incident,
  into: Incident | undefined,
  { person, by, here }: { person: Person; by: By; here: boolean },
  inside: Inside,
): Promise<string | undefined> {
  const denied = denial(inside.policy, person, 'cancel', incident, { here });
  if (denied) return denialText(denied);
  // Whoever cannot see it is told the same as when there is none.
  if (!into || !visibleTo(inside.policy, person)(into)) return refusalText('no-such-incident');
  if (into.isPractice !== incident.isPractice)
    return 'One of the two is practice and the other is not; they cannot be one.';
  const outcome = await inside.desk.merge(incident.id, into.id, by);
  return 'refused' in outcome ? refusalText(outcome.refused) : undefined;
}

export function listenToMerge(app: App, inside: Inside): void {
  onPress(app, 'open-merge', inside, async (call) => {
    const pressed = await pressedOn(call, 'see', inside);
    return typeof pressed === 'string'
      ? { text: pressed }
      : openMerge(pressed.incident, call.person, pressed.here, inside);
  });

  onSubmit(app, 'merge', inside, async ({ person, by, values, metadata }) => {
    const { incident: id, here } = Metadata.parse(JSON.parse(metadata));
    const chosen = z.string().safeParse(values.into);
    if (!chosen.success) return { errors: { into: 'Choose the incident where it goes on.' } };
    const [incident, into] = await inside.store.read(
      async (tx) => [await tx.incidents.load(id), await tx.incidents.load(chosen.data)] as const,
    );
    const why = incident ? await merge(incident, into, { person, by, here }, inside) : denialText('not-invited');
    return why ? { errors: { into: why } } : undefined;
  });
}
