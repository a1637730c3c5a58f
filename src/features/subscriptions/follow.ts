import type { Incident } from '../../incident/incident.ts';
import { openStatuses } from '../../incident/lifecycle.ts';
import { denial, type Person, visibleTo } from '../../may.ts';
import type { Inside } from '../../slack/inside.ts';
import type { Reader, Tx } from '../../store/store.ts';
import type { Rule } from '../../store/subscriptions.ts';
import { homeOf } from '../home/publish.ts';
import { digestEdit } from './digest.ts';
import { editFor, messageFor } from './message.ts';
import { recheckLater } from './recheck.ts';
import type { Chosen } from './views.ts';

/** Asked before anything is followed, by whatever way it was asked for. */
export const mayFollow = ({ policy }: Inside, person: Person, incident?: Incident, where: { here?: boolean } = {}) =>
  denial(policy, person, 'subscribe', incident, where);

/** What somebody follows, and the open incidents they could. */
export async function chosenBy(tx: Reader, person: Person, { policy }: Pick<Inside, 'policy'>): Promise<Chosen> {
  const open = await tx.incidents.list({ statuses: openStatuses });
  const followed = await tx.followers.open(person.id);
  const ids = new Set(followed.map(({ id }) => id));
  // One that is followed may be older than the newest hundred.
  const all = [...followed, ...open.filter(({ id }) => !ids.has(id))].filter(visibleTo(policy, person));
  return {
    rules: await tx.subscriptions.of(person.id),
    open: all
      .filter(({ id, isPractice }) => !isPractice || ids.has(id))
      .map((incident) => ({ incident, follows: ids.has(incident.id) })),
  };
}

export interface Changes {
  add?: Rule[];
  remove?: Rule[];
  follow?: Incident[];
  unfollow?: Incident[];
}

/** In one transaction; says which rules changed. */
export async function change(inside: Inside, person: string, changes: Changes): Promise<{ changed: number }> {
  const now = inside.now();
  let changed = 0;
  await inside.transact(async (tx) => {
    changed = 0;
    // Taken away first: of severities a person has one rule.
    for (const rule of changes.remove ?? []) changed += Number(await tx.subscriptions.remove(person, rule));
    for (const rule of changes.add ?? []) changed += Number(await tx.subscriptions.add(person, rule, now));
    for (const incident of changes.follow ?? []) changed += await startIn(tx, incident, person, now);
    for (const incident of changes.unfollow ?? []) changed += await stopIn(tx, incident, person, now);
    await tx.outbox.enqueue([homeOf(person), recheckLater(person, now)], now);
  });
  return { changed };
}

async function startIn(tx: Tx, incident: Incident, person: string, now: Date): Promise<number> {
  const before = await tx.followers.of(incident.id, person);
  if (before?.state === 'following' && before.chosen && before.form === 'own') return 0;
  await tx.followers.choose(incident.id, person, now);
  await tx.outbox.enqueue([messageFor(incident, person)], now);
  return 1;
}

async function stopIn(tx: Tx, incident: Incident, person: string, now: Date): Promise<number> {
  const before = await tx.followers.of(incident.id, person);
  if (before?.state !== 'following') return 0;
  await tx.followers.put(incident.id, person, { state: 'stopped' });
  const { form, place } = before;
  await tx.outbox.enqueue([form === 'digest' && place ? digestEdit(person, place) : editFor(incident, person)], now);
  return 1;
}
