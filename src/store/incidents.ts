import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import { isUniqueViolation } from '../../db/errors.ts';
import type { Happened, IncidentEvent } from '../incident/events.ts';
import type { Incident } from '../incident/incident.ts';
import type { Status } from '../incident/lifecycle.ts';
import { Conflict } from './conflict.ts';
import { append } from './record.ts';

export function incidentReads({ db, t: { incidents } }: Ctx) {
  const one = async (condition: ReturnType<typeof eq>): Promise<Incident | undefined> => {
    const [row] = await db.select({ body: incidents.body }).from(incidents).where(condition);
    return row?.body as Incident | undefined;
  };

  return {
    load: (id: string) => one(eq(incidents.id, id)),
    byChannel: (channel: string) => one(eq(incidents.channel, channel)),
    byNumber: (number: number) => one(eq(incidents.number, number)),

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
      return rows.map((row) => row.body as Incident);
    },
  };
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
      return row?.body as Incident | undefined;
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

    /** Keeps the incident and appends its events to the record. Throws `Conflict` when somebody else saved since `before`. */
    async save(
      incident: Incident,
      before: Incident | undefined,
      events: readonly IncidentEvent[],
      happened: Happened,
    ): Promise<void> {
      const from = before?.version ?? 0;
      if (incident.version !== from + events.length) throw new Error('An incident’s version counts its events.');
      await (from === 0 ? insert(ctx, incident) : update(ctx, incident, from));
      await append(ctx, incident.id, from + 1, events, happened);
    },
  };
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

function columnsOf(incident: Incident) {
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
