import { eq, lt, or } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';

/** Somebody who is signed in to the web pages. */
export interface Session {
  /** SHA-256 of what the cookie holds: whoever reads the database cannot go on with it. */
  hash: string;
  person: string;
  how: 'slack' | 'code';
  since: Date;
  seenAt: Date;
}

export function sessionReads({ db, t: { sessions } }: Ctx) {
  return {
    async find(hash: string): Promise<Session | undefined> {
      const [row] = await db.select().from(sessions).where(eq(sessions.hash, hash));
      return row && { ...row, how: row.how as Session['how'] };
    },
  };
}

export function sessionWrites({ db, t: { sessions } }: Ctx) {
  return {
    async open(session: Session): Promise<void> {
      await db.insert(sessions).values(session);
    },
    async seen(hash: string, seenAt: Date): Promise<void> {
      await db.update(sessions).set({ seenAt }).where(eq(sessions.hash, hash));
    },
    async end(hash: string): Promise<void> {
      await db.delete(sessions).where(eq(sessions.hash, hash));
    },
    /** On every machine they are signed in on. */
    async endAll(person: string): Promise<void> {
      await db.delete(sessions).where(eq(sessions.person, person));
    },
    async sweep({ seenBefore, sinceBefore }: { seenBefore: Date; sinceBefore: Date }): Promise<void> {
      await db.delete(sessions).where(or(lt(sessions.seenAt, seenBefore), lt(sessions.since, sinceBefore)));
    },
  };
}
