import { expect, it } from '@jest/globals';
import { bringFor, plan, updateForAll } from '../../src/features/subscriptions/fan-out.ts';
import { subscriptions } from '../../src/features/subscriptions/feature.ts';
import { recheck } from '../../src/features/subscriptions/recheck.ts';
import { readWish } from '../../src/features/subscriptions/wish.ts';
import type { Incident } from '../../src/incident/incident.ts';
import type { Kind } from '../../src/may.ts';
import type { Effect } from '../../src/outbox/effect.ts';
import { Impossible } from '../../src/outbox/failures.ts';
import type { Outside } from '../../src/slack/outside.ts';
import type { Follower } from '../../src/store/followers.ts';
import type { Store } from '../../src/store/store.ts';
import { onBothEngines } from '../support/databases.ts';
import { anIncident, aPerson, at, thePolicy } from '../support/given.ts';

const now = at('10:00');
const secret = 'canary-7f3a';

/** Direct messages that are remembered, people who are what the test says, and effects that run one after the other. */
function stage(store: Store) {
  const messages = new Map<string, { channel: string; thread?: string; words: string }>();
  const kinds = new Map<string, Kind>();
  const refused = new Set<string>();
  let count = 0;

  async function call(method: string, args: Record<string, unknown>): Promise<unknown> {
    const { channel, ts, thread_ts: thread, ...message } = args as { channel: string; ts?: string; thread_ts?: string };
    if (refused.has(channel)) throw new Impossible('channel_not_found');
    const words = JSON.stringify(message);
    if (method === 'chat.postMessage') {
      count += 1;
      const place = { channel: channel.replace(/^U/, 'D'), ts: `${count}.0` };
      messages.set(place.ts, { channel: place.channel, words, ...(thread && { thread }) });
      return place;
    }
    if (method !== 'chat.update') throw new Error(`nothing answers ${method}`);
    messages.set(String(ts), { channel, words });
    return { ok: true };
  }

  const outside = {
    slack: { call },
    store,
    policy: thePolicy(),
    now: () => now,
    people: {
      who: async (id: string) => aPerson(id, kinds.get(id) ?? 'member'),
      remembered: (id: string) => (kinds.has(id) ? aPerson(id, kinds.get(id)) : undefined),
    },
  } as unknown as Outside;

  async function run(...effects: Effect[]): Promise<Effect[]> {
    const later: Effect[] = [];
    for (let left = effects; left[0]; ) {
      const [effect, ...rest] = left;
      const kind = subscriptions.effects?.find((one) => one.kind === effect.kind);
      if (!kind) throw new Error(`no effect ${effect.kind}`);
      const { next = [] } = await kind.run(effect.payload, outside, { id: `eff_${++count}`, key: effect.key });
      left = [...rest, ...next.filter(({ kind: name }) => name !== recheck.kind)];
      later.push(...next.filter(({ kind: name }) => name === recheck.kind));
    }
    return later;
  }

  return {
    kinds,
    refused,
    run,
    to: (person: string) =>
      [...messages.values()].filter(({ channel }) => channel === person.replace(/^U/, 'D')).map(({ words }) => words),
    follow: (incident: Incident, person: string) =>
      store.transact((tx) => tx.followers.choose(incident.id, person, now)),
    subscribe: (person: string) => store.transact((tx) => tx.subscriptions.add(person, { what: 'all', of: '' }, now)),
    state: async (incident: Incident, person: string) =>
      (await store.read((tx) => tx.followers.of(incident.id, person)))?.state,
  };
}

async function keep(store: Store, incident: Incident, before?: Incident): Promise<Incident> {
  const saved = { ...incident, version: (before?.version ?? 0) + 1 };
  await store.transact((tx) => tx.incidents.save(saved, before, [{ type: 'madePrivate' }], { by: 'U0ANA', at: now }));
  return saved;
}

onBothEngines('a private incident', (fresh) => {
  it('never reaches anybody by a rule', async () => {
    const store = await fresh.store();
    const { run, to, subscribe } = stage(store);
    await subscribe('U0BEN');
    const incident = await keep(store, anIncident({ title: secret, isPrivate: true, members: ['U0BEN'] }));
    await run(bringFor(incident), updateForAll(incident, { number: 1, text: secret, by: 'U0ANA' }));
    expect(to('U0BEN')).toEqual([]);
  });

  it('that became one says so, once, to all who can no longer see it, and nothing else', async () => {
    const store = await fresh.store();
    const { run, to, follow, subscribe, state } = stage(store);
    await subscribe('U0BEN');
    const open = await keep(store, anIncident({ title: secret, members: ['U0DEV'] }));
    for (const person of ['U0CHLOE', 'U0DEV']) await follow(open, person);
    await subscribe('U0EVE');
    await run(bringFor(open));
    for (const person of ['U0BEN', 'U0CHLOE', 'U0DEV', 'U0EVE']) expect(to(person).join()).toContain(secret);
    await store.transact((tx) => tx.followers.put(open.id, 'U0EVE', { state: 'stopped' }));

    const hidden = await keep(store, { ...open, isPrivate: true }, open);
    await run(bringFor(hidden), updateForAll(hidden, { number: 1, text: secret, by: 'U0ANA' }));
    for (const person of ['U0BEN', 'U0CHLOE', 'U0EVE']) {
      expect(to(person)).toHaveLength(1);
      expect(to(person).join()).toMatch(/#7 is private now/);
      expect(to(person).join()).not.toContain(secret);
      expect(await state(hidden, person)).toBe('lost');
    }
    // Who is in its channel and asked for it goes on.
    expect(to('U0DEV')).toHaveLength(2);
    expect(to('U0DEV').join()).toContain(secret);
    expect(await state(hidden, 'U0DEV')).toBe('following');

    const left = await keep(store, { ...hidden, members: [] }, hidden);
    await run(bringFor(left));
    expect(to('U0DEV')[0]).toMatch(/#7 is private now/);
    expect(await state(left, 'U0DEV')).toBe('lost');
  });

  it('is not lost, but waits, while Slack does not say who somebody is', async () => {
    const store = await fresh.store();
    const { run, to, follow, kinds, state } = stage(store);
    const incident = await keep(store, anIncident({ title: secret, isPrivate: true, members: ['U0DEV'] }));
    await follow(incident, 'U0DEV');
    kinds.set('U0DEV', 'unknown');
    await expect(run(bringFor(incident))).rejects.toThrow(/does not say who/);
    expect(to('U0DEV')).toEqual([]);
    kinds.delete('U0DEV');
    await run(bringFor(incident));
    expect(to('U0DEV').join()).toContain(secret);
    expect(await state(incident, 'U0DEV')).toBe('following');
  });

  it('leaves a digest without a word of it', async () => {
    const store = await fresh.store();
    const { run, to, subscribe } = stage(store);
    for (const number of [1, 2])
      await keep(store, anIncident({ id: `inc_${number}`, number, channel: { id: `C${number}`, name: 'x' } }));
    await subscribe('U0BEN');
    const open = await keep(store, anIncident({ title: secret }));
    await run(bringFor(open));
    expect(to('U0BEN').join()).toContain(secret);
    const hidden = await keep(store, { ...open, isPrivate: true }, open);
    await run(bringFor(hidden));
    expect(to('U0BEN')).toHaveLength(1);
    expect(to('U0BEN').join()).toMatch(/#7 is private now/);
    expect(to('U0BEN').join()).not.toContain(secret);
  });
});

onBothEngines('a follower', (fresh) => {
  it('whom Slack does not know any more is given up without a word to the incident', async () => {
    const store = await fresh.store();
    const { run, to, subscribe, refused, state } = stage(store);
    await subscribe('U0BEN');
    await subscribe('U0DEV');
    refused.add('U0BEN');
    const incident = await keep(store, anIncident());
    await run(bringFor(incident));
    expect([to('U0BEN').length, to('U0DEV').length]).toEqual([0, 1]);
    expect(await state(incident, 'U0BEN')).toBe('lost');
  });

  it.each<[Kind, number]>([
    ['member', 1],
    ['guest', 0],
    ['deactivated', 0],
    ['stranger', 0],
  ])('who turns out to be %s keeps %d rules after a day', async (kind, left) => {
    const store = await fresh.store();
    const { run, subscribe, kinds } = stage(store);
    await subscribe('U0BEN');
    kinds.set('U0BEN', kind);
    const effect = { kind: recheck.kind, key: 'x', payload: { person: 'U0BEN' }, lane: 'cosmetic', gate: 'x' } as const;
    expect(await run(effect)).toHaveLength(left);
    expect(await store.read((tx) => tx.subscriptions.of('U0BEN'))).toHaveLength(left);
  });
});

it('serves the first at once and the others in turn: 500 within two minutes, edits slower', () => {
  const followers = (place?: Follower['place']) =>
    Array.from({ length: 500 }, (_, index): Follower => {
      const person = `U${index}`;
      return { incident: 'inc_7', person, chosen: false, state: 'following', form: 'own', shown: 1, since: now, place };
    });
  const seconds = (effects: Effect[]) => effects.map(({ runAt }) => ((runAt ?? now).getTime() - now.getTime()) / 1000);
  const posts = seconds(plan(anIncident(), followers(), now));
  expect([posts[0], posts[20], posts[21], Math.max(...posts) < 120]).toEqual([0, 0, 0.2, true]);
  const edits = seconds(plan(anIncident(), followers({ channel: 'D1', ts: '1.1' }), now));
  expect([edits[20], edits[50]]).toEqual([0, 60]);
});

it.each<[string, unknown]>([
  ['#7', { incident: 7 }],
  ['7', { incident: 7 }],
  ['All', { rule: { what: 'all', of: '' } }],
  ['sev1', { rule: { what: 'severity', of: 'sev1' } }],
  ['SEV-2 and worse', { rule: { what: 'severity', of: 'sev2' } }],
  ['API', { rule: { what: 'service', of: 'api' } }],
  ['this', { here: true }],
  ['chekout', { near: 'checkout' }],
  ['sev9', { near: 'sev1' }],
  ['25:99', { near: undefined }],
  ['constructor', { near: undefined }],
])('understands %s', (typed, wish) => expect(readWish(typed, thePolicy())).toEqual(wish));
