import { desc, lt } from 'drizzle-orm';
import type { Ctx, Database } from '../../db/database.ts';
import { toIncident } from './incidents.ts';
import { metaReads, metaWrites } from './meta.ts';
import { recordReads } from './record.ts';
import { indexWords } from './search.ts';
import { retag } from './tags.ts';

/** Raised when there are more tags or words to find incidents by: then all are gone through again. */
const edition = '1';
const done = `${edition}:done`;
/** Where it stands, in the table `meta`: the edition, and the number below which nothing has been gone through. */
const name = 'search';
/** Small, so that whoever saves an incident meanwhile waits for a moment only. */
const atOnce = 50;

/**
 * Makes incidents found that an older version stored, newest first, a few in each transaction. Stopped, it goes on there at the next
 * start; what is saved meanwhile takes care of itself.
 */
export async function reindex(
  database: Database,
  nameOf: (service: string) => string,
  signal?: AbortSignal,
): Promise<void> {
  let state = await database.read((ctx) => metaReads(ctx).get(name));
  while (state !== done && !signal?.aborted) state = await database.transact((ctx) => some(ctx, nameOf));
}

async function some(ctx: Ctx, nameOf: (service: string) => string): Promise<string> {
  // Asked again: another replica may be at it.
  const state = await metaReads(ctx).get(name);
  if (state === done) return done;
  const [of, below] = state?.split(':') ?? [];
  const { incidents } = ctx.t;
  const rows = await ctx.forUpdate(
    ctx.db
      .select({ number: incidents.number, body: incidents.body })
      .from(incidents)
      .where(of === edition ? lt(incidents.number, Number(below)) : undefined)
      .orderBy(desc(incidents.number))
      .limit(atOnce)
      .$dynamic(),
  );
  for (const { body } of rows) await one(ctx, body, nameOf);
  const last = rows.at(-1)?.number;
  const next = last === undefined ? done : `${edition}:${last}`;
  await metaWrites(ctx).set(name, next);
  return next;
}

async function one(ctx: Ctx, body: unknown, nameOf: (service: string) => string): Promise<void> {
  const incident = toIncident(body);
  await retag(ctx, incident, undefined);
  const record = await recordReads(ctx).of(incident.id);
  await indexWords(
    ctx,
    incident,
    record.map(({ event }) => event),
    incident.services.map(nameOf),
  );
}
