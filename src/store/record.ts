import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Happened, IncidentEvent } from '../incident/events.ts';
import { batchesOf } from './batches.ts';

/** An event as the record keeps it. `seq` counts from 1 within the incident, without a gap. */
export interface Recorded extends Happened {
  seq: number;
  event: IncidentEvent;
}

export function recordReads({ db, t: { record } }: Ctx) {
  return {
    /** `types`: of these events only. */
    async of(incident: string, types?: IncidentEvent['type'][]): Promise<Recorded[]> {
      const rows = await db
        .select()
        .from(record)
        .where(and(eq(record.incident, incident), types && inArray(record.type, types)))
        .orderBy(asc(record.seq));
      return rows.map(({ seq, by, at, body }) => ({ seq, by, at, event: body as IncidentEvent }));
    },
  };
}

export async function append(
  { db, t: { record } }: Ctx,
  incident: string,
  firstSeq: number,
  events: readonly IncidentEvent[],
  happened: Happened,
): Promise<void> {
  const rows = events.map((event, index) => ({
    incident,
    seq: firstSeq + index,
    type: event.type,
    body: event,
    by: happened.by,
    at: happened.at,
  }));
  for (const batch of batchesOf(rows)) await db.insert(record).values(batch);
}
