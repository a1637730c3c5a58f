import { and, asc, eq, inArray, or } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Incident } from '../incident/incident.ts';
import { type Severity, severities } from '../incident/severity.ts';

/** What a rule catches: every incident of a service, of this severity and worse, or all. */
export type Rule = { what: 'service'; of: string } | { what: 'severity'; of: Severity } | { what: 'all'; of: '' };

export type Caught = { person: string; rules: Rule['what'][] };

export function subscriptionReads({ db, t: { subscriptions } }: Ctx) {
  return {
    /** The oldest first. */
    async of(person: string): Promise<Rule[]> {
      const rows = await db
        .select({ what: subscriptions.what, of: subscriptions.of })
        .from(subscriptions)
        .where(eq(subscriptions.person, person))
        .orderBy(asc(subscriptions.since), asc(subscriptions.what), asc(subscriptions.of));
      return rows as Rule[];
    },

    /** Whose rules catch an incident as it stands, and by which kinds of rule. */
    async catching({ severity, services }: Pick<Incident, 'severity' | 'services'>): Promise<Caught[]> {
      const { what, of } = subscriptions;
      const milder = severities.slice(severities.indexOf(severity));
      const rows = await db
        .select({ person: subscriptions.person, what })
        .from(subscriptions)
        .where(
          or(
            eq(what, 'all'),
            and(eq(what, 'severity'), inArray(of, milder)),
            services.length > 0 ? and(eq(what, 'service'), inArray(of, services)) : undefined,
          ),
        )
        .orderBy(asc(subscriptions.since), asc(subscriptions.person));
      const caught = new Map<string, Caught>();
      for (const row of rows) {
        const known = caught.get(row.person) ?? { person: row.person, rules: [] };
        caught.set(row.person, { ...known, rules: [...known.rules, row.what as Rule['what']] });
      }
      return [...caught.values()];
    },
  };
}

export function subscriptionWrites({ db, t: { subscriptions } }: Ctx) {
  const is = (person: string, { what, of }: Rule) =>
    and(eq(subscriptions.person, person), eq(subscriptions.what, what), eq(subscriptions.of, of));
  return {
    /** Of severities a person has one rule: the milder one holds the worse ones too. Says whether anything changed. */
    async add(person: string, rule: Rule, since: Date): Promise<boolean> {
      const [had] = await db.select({ of: subscriptions.of }).from(subscriptions).where(is(person, rule));
      if (had) return false;
      if (rule.what === 'severity')
        await db.delete(subscriptions).where(and(eq(subscriptions.person, person), eq(subscriptions.what, 'severity')));
      await db
        .insert(subscriptions)
        .values({ person, ...rule, since })
        .onConflictDoNothing();
      return true;
    },

    async remove(person: string, rule: Rule): Promise<boolean> {
      const removed = await db.delete(subscriptions).where(is(person, rule)).returning({ of: subscriptions.of });
      return removed.length > 0;
    },

    /** For somebody who left. */
    async removeAll(person: string): Promise<void> {
      await db.delete(subscriptions).where(eq(subscriptions.person, person));
    },
  };
}
