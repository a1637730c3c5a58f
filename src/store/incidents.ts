import { and, count, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import { isUniqueViolation } from '../../db/errors.ts';
import type { Happened, IncidentEvent } from '../incident/events.ts';
import { type Incident, undeclared } from '../incident/incident.ts';
import { isOpen, type Status } from '../incident/lifecycle.ts';
import { Conflict } from './conflict.ts';
import { titles } from './incident-titles.ts';
import { append } from './record.ts';
import { indexOf, indexWords } from './search.ts';
import { retag, tag } from './tags.ts';

export function incidentReads(ctx: Ctx) {
  const {
    db,
    t: { incidents, incidentTags },
  } = ctx;
  const one = async (condition: ReturnType<typeof eq>): Promise<Incident | undefined> => {
    const [row] = await db.select({ body: incidents.body }).from(incidents).where(condition);
    return row && toIncident(row.body);
  };
  const newestOf = async (held: string, limit: number): Promise<Incident[]> => {
    const rows = await db
      .select({ body: incidents.body })
      .from(incidentTags)
      .innerJoin(incidents, eq(incidents.number, incidentTags.number))
      .where(eq(incidentTags.tag, held))
      .orderBy(desc(incidentTags.number))
      .limit(limit);
    return rows.map((row) => toIncident(row.body));
  };

  return {
    load: (id: string) => one(eq(incidents.id, id)),
    byChannel: (channel: string) => one(eq(incidents.channel, channel)),
    byNumber: (number: number) => one(eq(incidents.number, number)),
    titles: (which: Parameters<typeof titles>[1]) => titles(ctx, which),

    /** Newest first. `before` is the number of the last one already seen. */
    async list({ statuses, limit = 100, before }: ListOptions = {}): Promise<Incident[]> {
      const rows = await db
        .select({ body: incidents.body })
        .from(incidents)
        .where(
          and(
            statuses && inArray(incidents.status, [...statuses]),
            before === undefined ? undefined : lt(incidents.number, before),
          ),
        )
        .orderBy(desc(incidents.number))
        .limit(limit);
      return rows.map((row) => toIncident(row.body));
    },

    /** The newest ones that concern a person, open or over. */
    mine: (person: string, limit: number) => newestOf(tag.mine(person), limit),
    /** The one that the pager knows by this id. */
    byPage: async (id: string): Promise<Incident | undefined> => (await newestOf(tag.page(id), 1))[0],
    /** The newest ones of which a person owns a follow-up that is not done. */
    withFollowUpsOf: (person: string, limit: number) => newestOf(tag.followUp(person), limit),

    /** What somebody may see of them, newest first; practice runs only where they are asked for. */
    async page({ limit, before, ...which }: Page): Promise<Incident[]> {
      const [first, ...others] = which.tags ?? [];
      const body = { body: incidents.body };
      // Along the tag, unless only open ones are wanted, which are few.
      const rows =
        first === undefined || which.statuses?.every(isOpen)
          ? await db
              .select(body)
              .from(incidents)
              .where(and(where(ctx, which), before === undefined ? undefined : lt(incidents.number, before)))
              .orderBy(desc(incidents.number))
              .limit(limit)
          : await db
              .select(body)
              .from(incidentTags)
              .innerJoin(incidents, eq(incidents.number, incidentTags.number))
              .where(
                and(
                  eq(incidentTags.tag, first),
                  where(ctx, { ...which, statuses: undefined, tags: others }),
                  which.statuses && besides(incidents.status, which.statuses),
                  before === undefined ? undefined : lt(incidentTags.number, before),
                ),
              )
              .orderBy(desc(incidentTags.number))
              .limit(limit);
      return rows.map((row) => toIncident(row.body));
    },

    async count(which: Which): Promise<number> {
      const [row] = await db.select({ count: count() }).from(incidents).where(where(ctx, which));
      return row?.count ?? 0;
    },

    /** Those with all the words, newest first. */
    async search({ words, prefix = false, limit, before, sight }: Search): Promise<Incident[]> {
      if (words.length === 0) return [];
      const where = sql`${seen(ctx, sight)} and ${before === undefined ? sql`true` : lt(incidents.number, before)}`;
      const numbers = await indexOf(ctx).find(ctx, { words, prefix, where, limit });
      if (numbers.length === 0) return [];
      const rows = await db
        .select({ body: incidents.body })
        .from(incidents)
        .where(inArray(incidents.number, numbers))
        .orderBy(desc(incidents.number));
      return rows.map((row) => toIncident(row.body));
    },
  };
}

/** How much somebody may see: all of it, or of the private ones those they are in (`sightOf` in may.ts). */
export type Sight = 'all' | { person?: string };

export interface Which {
  sight: Sight;
  statuses?: readonly Status[] | undefined;
  /** All of these; `tag` in tags.ts makes them. */
  tags?: readonly string[];
  practice?: boolean;
}

export interface Page extends Which {
  limit: number;
  /** The number of the last one already seen. */
  before?: number | undefined;
}

export interface Search extends Pick<Page, 'sight' | 'limit' | 'before'> {
  words: string[];
  /** The words may go on. */
  prefix?: boolean;
}

function where(ctx: Ctx, { sight, statuses, tags = [], practice = false }: Which): SQL | undefined {
  const { incidents } = ctx.t;
  return and(
    practice ? sql`${incidents.isPractice}` : sql`not ${incidents.isPractice}`,
    seen(ctx, sight),
    statuses && inArray(incidents.status, [...statuses]),
    ...tags.map((one) => tagged(ctx, one)),
  );
}

/** A status to look at, not to go along: of those that are resolved there are as many as of all. */
const besides = (status: Ctx['t']['incidents']['status'], statuses: readonly Status[]): SQL =>
  inArray(sql`${status} || ''`, [...statuses]);

/** The plus keeps SQLite from going along the tag, which may have tens of thousands where few incidents are asked for. */
function tagged({ t: { incidents, incidentTags } }: Ctx, one: string): SQL {
  return sql`exists (select 1 from ${incidentTags} as held where held.tag = ${one} and held.number = +${incidents.number})`;
}

/** Of the incidents in a query, those that somebody may see. */
export function seen(ctx: Ctx, sight: Sight): SQL {
  const { incidents } = ctx.t;
  if (sight === 'all') return sql`true`;
  const open = sql`not ${incidents.isPrivate}`;
  return sight.person === undefined ? open : sql`(${open} or ${tagged(ctx, tag.sees(sight.person))})`;
}

export interface ListOptions {
  statuses?: readonly Status[];
  limit?: number;
  before?: number;
}

export function incidentWrites(ctx: Ctx) {
  const { db, t } = ctx;
  return {
    /** As it stands, and nobody else changes it until this transaction ends: without the lock many who come at once try again and again. */
    async lock(id: string): Promise<Incident | undefined> {
      const [row] = await ctx.forUpdate(
        db.select({ body: t.incidents.body }).from(t.incidents).where(eq(t.incidents.id, id)).$dynamic(),
      );
      return row && toIncident(row.body);
    },

    /** The next number. Given back when the transaction fails, so that none is missing; declares wait for one another here. */
    async takeNumber(): Promise<number> {
      const [taken] = await db
        .insert(t.counters)
        .values({ name: 'incident', value: 1 })
        .onConflictDoUpdate({ target: t.counters.name, set: { value: sql`${t.counters.value} + 1` } })
        .returning({ value: t.counters.value });
      if (!taken) throw new Error('The counter gave no number.');
      return taken.value;
    },

    /**
     * Keeps the incident, appends its events to the record, and has both found by what they say. Throws `Conflict` when somebody
     * else saved since `before`. `services`: how people name those of the incident.
     */
    async save(
      incident: Incident,
      before: Incident | undefined,
      events: readonly IncidentEvent[],
      happened: Happened,
      services: string[] = [],
    ): Promise<void> {
      const from = before?.version ?? 0;
      if (incident.version !== from + events.length) throw new Error('An incident’s version counts its events.');
      await (from === 0 ? insert(ctx, incident) : update(ctx, incident, from));
      await append(ctx, incident.id, from + 1, events, happened);
      await retag(ctx, incident, before);
      await indexWords(ctx, incident, events, services);
    },
  };
}

/** What an older version stored lacks what came since: there it is as on the first day. */
export function toIncident(body: unknown): Incident {
  const incident = body as Incident;
  return { ...undeclared(incident.id, incident.number), ...incident };
}

async function insert({ db, t: { incidents } }: Ctx, incident: Incident): Promise<void> {
  try {
    await db.insert(incidents).values({ id: incident.id, number: incident.number, ...columnsOf(incident) });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Conflict(`Incident ${incident.id} is there already.`);
    throw error;
  }
}

async function update({ db, t: { incidents } }: Ctx, incident: Incident, from: number): Promise<void> {
  const saved = await db
    .update(incidents)
    .set(columnsOf(incident))
    .where(and(eq(incidents.id, incident.id), eq(incidents.version, from)))
    .returning({ id: incidents.id });
  if (saved.length === 0) throw new Conflict(`Incident ${incident.id} has changed since version ${from}.`);
}

export function columnsOf(incident: Incident) {
  return {
    status: incident.status,
    channel: incident.channel?.id ?? null,
    isPrivate: incident.isPrivate,
    isPractice: incident.isPractice,
    version: incident.version,
    declaredAt: incident.declaredAt,
    body: incident,
  };
}
