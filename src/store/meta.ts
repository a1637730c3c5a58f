import { eq } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';

export function metaReads({ db, t: { meta } }: Ctx) {
  return {
    async get(name: string): Promise<string | undefined> {
      const [row] = await db.select({ value: meta.value }).from(meta).where(eq(meta.name, name));
      return row?.value;
    },
  };
}

export function metaWrites(ctx: Ctx) {
  const { db, t } = ctx;
  return {
    async set(name: string, value: string): Promise<void> {
      await db.insert(t.meta).values({ name, value }).onConflictDoUpdate({ target: t.meta.name, set: { value } });
    },

    /** Sets it unless it is set, and gives what stands: two that start at once agree on one value. */
    async stamp(name: string, value: string): Promise<string> {
      await db.insert(t.meta).values({ name, value }).onConflictDoNothing();
      return (await metaReads(ctx).get(name)) ?? value;
    },
  };
}
