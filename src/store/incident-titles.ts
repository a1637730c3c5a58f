import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Status } from '../incident/lifecycle.ts';

/** What tells whether two incidents are likely the same, without reading them whole. */
export interface Titled {
  id: string;
  title: string;
  declaredAt: Date;
}

/** Real ones, newest first. */
export function titles(
  { db, t: { incidents } }: Ctx,
  { statuses, since }: { statuses: readonly Status[]; since: Date },
): Promise<Titled[]> {
  const title = sql<string>`${incidents.body} ->> 'title'`;
  return db
    .select({ id: incidents.id, title, declaredAt: incidents.declaredAt })
    .from(incidents)
    .where(
      and(inArray(incidents.status, [...statuses]), gte(incidents.declaredAt, since), eq(incidents.isPractice, false)),
    )
    .orderBy(desc(incidents.number));
}
