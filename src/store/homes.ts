import { desc, eq, gte, lt } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';

export type Home = Ctx['t']['homes']['$inferSelect'];

export function homeReads({ db, t: { homes } }: Ctx) {
  return {
    async of(person: string): Promise<Home | undefined> {
      const [row] = await db.select().from(homes).where(eq(homes.person, person));
      return row;
    },

    /** Whoever opened it last comes first. */
    async openedSince(since: Date, limit: number): Promise<Home[]> {
      return db.select().from(homes).where(gte(homes.openedAt, since)).orderBy(desc(homes.openedAt)).limit(limit);
    },
  };
}

export function homeWrites({ db, t: { homes } }: Ctx) {
  return {
    /** Whoever opens it may have been shown Slack's own empty page: what was published before counts no more. */
    async opened(person: string, openedAt: Date, hash: string | undefined): Promise<void> {
      const row = { openedAt, hash: hash ?? null, shown: null };
      await db
        .insert(homes)
        .values({ person, ...row })
        .onConflictDoUpdate({ target: homes.person, set: row });
    },

    async published(person: string, given: { publishedAt: Date; shown: string; hash: string | null }): Promise<void> {
      await db.update(homes).set(given).where(eq(homes.person, person));
    },

    /** Returns how many it forgot. */
    async sweep(before: Date): Promise<number> {
      const swept = await db.delete(homes).where(lt(homes.openedAt, before)).returning({ person: homes.person });
      return swept.length;
    },
  };
}
