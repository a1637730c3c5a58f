import { eq, lt } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import { Conflict } from './conflict.ts';

export function formReads({ db, t: { forms } }: Ctx) {
  return {
    async outcome(view: string): Promise<unknown> {
      const [row] = await db.select({ outcome: forms.outcome }).from(forms).where(eq(forms.view, view));
      return row?.outcome;
    },
  };
}

export function formWrites({ db, t: { forms } }: Ctx) {
  return {
    /** Throws `Conflict` when the form has an outcome already, which undoes the transaction of the second submit. */
    async keep(view: string, outcome: unknown, at: Date): Promise<void> {
      const kept = await db
        .insert(forms)
        .values({ view, outcome, at })
        .onConflictDoNothing()
        .returning({ view: forms.view });
      if (kept.length === 0) throw new Conflict(`Form ${view} was submitted before.`);
    },

    /** Returns how many it forgot. */
    async sweep(before: Date): Promise<number> {
      const swept = await db.delete(forms).where(lt(forms.at, before)).returning({ view: forms.view });
      return swept.length;
    },
  };
}
