import { openDatabase } from '../db/database.ts';
import { catchUpFacts } from '../src/features/catchup/facts.ts';
import { homeFacts } from '../src/features/home/facts.ts';
import { readFilter } from '../src/features/list/filter.ts';
import { found } from '../src/features/list/found.ts';
import { listed } from '../src/features/list/listed.ts';
import { chosenBy } from '../src/features/subscriptions/follow.ts';
import type { Incident } from '../src/incident/incident.ts';
import { type Person, visibleTo } from '../src/may.ts';
import { loadPolicy, type Policy } from '../src/policy.ts';
import { openStore, type Reader } from '../src/store/store.ts';
import { archive, archived } from './support/archive.ts';
import { type Figure, ms, p99, spread } from './support/figures.ts';

const rounds = 300;
/** The first ones fill the caches of file system and engine. */
const warmUp = 50;
const limit = 20;

const policy = loadPolicy('config/tocsin.yml');

/** What different people ask for: the round chooses. */
const lists = ['', 'mine', 'all', 'sev1', 'checkout', 'all sev1', 'all checkout', 'all mine', 'all sev1 checkout'];
const words = [
  'checkout',
  'fails in Berlin',
  'certificate',
  'queue 77',
  'login flaky Tokyo',
  'check',
  'nowhere',
  '#4711',
];
const oneOf = (from: string[], round: number) => from[round % from.length] ?? '';

const list = (text: string, before?: number) => (tx: Reader, person: Person) => {
  const filter = readFilter(text, policy);
  if ('unknown' in filter) throw new Error(`${filter.unknown} is no list`);
  return listed(tx, filter, before, person, policy);
};

/** An incident that the person may see, anywhere in the archive. */
async function someIncident(tx: Reader, round: number, person: Person, rules: Policy) {
  for (let number = 1 + ((round * 7919) % archived.incidents); ; number = 1 + (number % archived.incidents)) {
    const incident = await tx.incidents.byNumber(number);
    if (incident && visibleTo(rules, person)(incident)) return incident;
  }
}

/** The incident is read beforehand, as for any command about one. */
type Read = (tx: Reader, person: Person, round: number, incident: Incident) => Promise<unknown>;

const reads: Record<string, Read> = {
  'list, each kind': (tx, person, round) => list(oneOf(lists, round))(tx, person),
  'list, a page far down': (tx, person, round) => list('all', (round * 331) % archived.incidents)(tx, person),
  find: (tx, person, round) => found(tx, oneOf(words, round), undefined, person, policy),
  catchup: async (tx, person, _, incident) => catchUpFacts(tx, incident, person, policy),
  'App Home': (tx, person) => homeFacts(tx, person, policy),
  'what somebody follows': (tx, person) => chosenBy(tx, person, { policy }),
};

/** The reads behind what people look at, one person after the other, on years of incidents. */
export async function queries(): Promise<Figure[]> {
  await using database = await openDatabase(await archive(), { readOnly: true });
  const store = openStore(database);
  const figures: Figure[] = [];
  for (const [what, read] of Object.entries(reads)) {
    const took: number[] = [];
    for (let round = 0; round < warmUp + rounds; round++) {
      const person: Person = {
        id: `U${String((round * 7) % archived.people).padStart(5, '0')}`,
        kind: 'member',
        zone: 0,
      };
      const incident = await store.read((tx) => someIncident(tx, round, person, policy));
      const began = performance.now();
      await store.read((tx) => read(tx, person, round, incident));
      if (round >= warmUp) took.push(performance.now() - began);
    }
    const measured = `${spread(took)}${p99(took) > limit ? ` (above ${ms(limit)})` : ''}`;
    figures.push({
      what: `${what}, ${archived.incidents.toLocaleString('en')} incidents and ${(archived.incidents * archived.events).toLocaleString('en')} rows of record on SQLite`,
      atLeast: `p99 ≤ ${limit} ms`,
      measured,
      n: took.length,
    });
  }
  return figures;
}
