import type { Message } from '../../../sandbox/wire.ts';
import { evolve } from '../../../src/incident/evolve.ts';
import { undeclared } from '../../../src/incident/incident.ts';
import { openStore } from '../../../src/store/store.ts';
import { problemsOfPages } from './check-pages.ts';
import { problemsInSlack } from './check-slack.ts';
import { type Kept, keptOf } from './kept.ts';
import { type Asked, isBefore, type Ledger } from './ledger.ts';
import type { World } from './world.ts';

/** What is wrong after a run that has come to rest; nothing is what every run should leave. */
export async function problems(world: World, ledger: Ledger, since: Since): Promise<string[]> {
  const kept = await incidentsOf(world, ledger);
  const snapshot = {
    channels: await world.slack.channels(),
    updates: await world.slack.messages('incidents'),
  };
  const pagers = await world.slack.pagerduty.incidents();
  return [
    ...ledger.asked.flatMap((asked) => carriedOut(asked, kept)),
    ...kept.flatMap((one) => [...ordered(one, ledger), ...folded(one)]),
    ...(await Promise.all(kept.map((one) => problemsInSlack(world, one, snapshot)))).flat(),
    ...(world.paging ? kept.flatMap((one) => problemsOfPages(one, pagers, ledger)) : []),
    ...twins(await ownMessages(world, snapshot.channels, since)),
    ...(await dead(world)),
    ...(await violations(world, since)),
  ];
}

/** What had happened before the run. */
export interface Since {
  violations: number;
  channels: Set<string>;
}

export async function markOf({ slack }: World): Promise<Since> {
  return {
    violations: (await slack.violations()).length,
    channels: new Set((await slack.channels()).map(({ id }) => id)),
  };
}

/** The incidents that this run's people declared. */
const incidentsOf = (world: World, ledger: Ledger): Promise<Kept[]> =>
  keptOf(
    world,
    ledger.asked.filter(({ what }) => what === 'declare').map(({ text }) => text),
  );

/** The events that came of something asked for; each carries the word of its request. */
const eventsOf = ({ text }: Asked, kept: Kept[]) =>
  kept.flatMap(({ record }) =>
    record.filter(({ event }) =>
      [event.title, event.text, event.note, event.reason, event.why].some((said) => String(said ?? '').includes(text)),
    ),
  );

function carriedOut(asked: Asked, kept: Kept[]): string[] {
  const count = eventsOf(asked, kept).length;
  const what = `${asked.what} ${asked.to ?? ''} “${asked.text}”`;
  if (asked.answer === 'acknowledged' && count !== 1) return [`${what} was acknowledged and happened ${count} times`];
  if (asked.answer === 'refused' && count !== 0) return [`${what} was refused and happened ${count} times`];
  return count > 1 ? [`${what} was not answered and happened ${count} times`] : [];
}

/** What was acknowledged before something else was asked for comes before it in the record. */
function ordered({ record }: Kept, ledger: Ledger): string[] {
  const updates = record.flatMap(({ event }) => {
    const asked = event.type === 'updatePosted' && ledger.asked.find(({ text }) => String(event.text).includes(text));
    return asked ? [asked] : [];
  });
  return updates.flatMap((update, index) =>
    updates
      .slice(index + 1)
      .filter((later) => isBefore(later, update))
      .map((later) => `update “${later.text}” was overtaken by “${update.text}”`),
  );
}

/** The incident is what its record says. */
function folded({ incident, record }: Kept): string[] {
  const start = undeclared(incident.id, incident.number);
  const told = record.reduce(
    (so_far, { event, by, at }) => evolve(so_far, event as Parameters<typeof evolve>[1], { by, at }),
    start,
  );
  const [is, should] = [incident, told].map((one) => JSON.stringify(sorted(one)));
  return is === should ? [] : [`#${incident.number} is not what its record says: ${is} instead of ${should}`];
}

/** Text does not say in which order fields were set. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

async function ownMessages(
  world: World,
  channels: { id: string; name: string }[],
  { channels: before }: Since,
): Promise<Message[]> {
  const fresh = channels.filter(({ id, name }) => name === 'incidents' || !before.has(id));
  return (await Promise.all(fresh.map(({ id }) => world.slack.messages(id))))
    .flat()
    .filter(({ metadata }) => metadata?.event_type === 'tocsin');
}

/** The key in the metadata says which piece of work a message is; two with one key are one piece of work done twice. */
function twins(messages: Message[]): string[] {
  const seen = new Map<unknown, Message>();
  return messages.flatMap((message) => {
    const key = message.metadata?.event_payload.key;
    const first = seen.get(key);
    seen.set(key, message);
    return first ? [`posted twice: “${message.text}” (${first.ts} and ${message.ts} in ${message.channel})`] : [];
  });
}

async function dead(world: World): Promise<string[]> {
  const rows = await openStore(world.database).read((tx) => tx.outbox.dead());
  return rows.map(({ key, error }) => `given up for good: ${key} (${error})`);
}

/**
 * What a bot that was killed or cut off cannot help: its deliveries stay unanswered, and the form it meant to open, or the address it
 * meant to answer to, is gone when the clock was wound meanwhile.
 */
const excused = new Set(['missing-ack', 'late-ack', 'trigger-expired', 'response-url-expired']);

async function violations({ slack }: World, since: Since): Promise<string[]> {
  const broken = (await slack.violations()).slice(since.violations).filter(({ kind }) => !excused.has(kind));
  return broken.map(({ kind, what }) => `broke a rule, ${kind}: ${what}`);
}
