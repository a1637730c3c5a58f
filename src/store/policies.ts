import { eq } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';

export function policyReads({ db, t: { policies } }: Ctx) {
  return {
    async load(version: string): Promise<unknown> {
      const [row] = await db.select({ body: policies.body }).from(policies).where(eq(policies.version, version));
      return row?.body;
    },
  };
}

export function policyWrites({ db, t: { policies } }: Ctx) {
  return {
    /** A version names one body for ever: the first one stays. */
    async keep(version: string, body: unknown, at: Date): Promise<void> {
      await db.insert(policies).values({ version, body, firstSeen: at }).onConflictDoNothing();
    },
  };
}
