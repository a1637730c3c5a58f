import { and, eq, lt } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';

/** Something that lets somebody in once: a sign-in on its way to Slack, or a code for when Slack is down. */
export interface SignIn {
  /** SHA-256 of the state or of the code. */
  hash: string;
  how: 'slack' | 'code';
  body: unknown;
  until: Date;
}

export function signInWrites({ db, t: { signIns } }: Ctx) {
  return {
    async begin(signIn: SignIn): Promise<void> {
      await db.insert(signIns).values(signIn);
    },
    /** Gives it to the first who asks and to nobody after; undefined as well where it is too late. */
    async use(hash: string, how: SignIn['how'], now: Date): Promise<unknown> {
      const used = await db
        .delete(signIns)
        .where(and(eq(signIns.hash, hash), eq(signIns.how, how)))
        .returning({ body: signIns.body, until: signIns.until });
      const [one] = used;
      return one && one.until > now ? one.body : undefined;
    },
    async sweep(before: Date): Promise<void> {
      await db.delete(signIns).where(lt(signIns.until, before));
    },
  };
}
