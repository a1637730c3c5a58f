import type { Context } from 'hono';
import type { Session } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import { hours, minutes } from '../time.ts';
import type { Cookies } from './cookies.ts';
import { newSecret, sha256 } from './secrets.ts';

/** Whoever was away for longer signs in again; whoever was not, does so once a week. */
const longestIdle = hours(12);
const longest = hours(7 * 24);
/** That somebody is there is noted no more often than this. */
const noted = minutes(1);

export type Sessions = ReturnType<typeof createSessions>;

/** Who is signed in, by a random cookie whose hash is in the database. */
export function createSessions({ store, cookies, now }: { store: Store; cookies: Cookies; now: () => Date }) {
  const isOver = ({ since, seenAt }: Session, at: Date) =>
    at.getTime() - since.getTime() > longest || at.getTime() - seenAt.getTime() > longestIdle;

  return {
    /** A new one with every sign-in, so that a cookie planted before is worth nothing. */
    async open(c: Context, person: string, how: Session['how']): Promise<void> {
      const [cookie, at] = [newSecret(), now()];
      const before = cookies.get(c, 'session');
      await store.transact(async (tx) => {
        if (before) await tx.sessions.end(sha256(before));
        await tx.sessions.open({ hash: sha256(cookie), person, how, since: at, seenAt: at });
      });
      cookies.set(c, 'session', cookie, longest / 1000);
    },

    async current(c: Context): Promise<(Session & { cookie: string }) | undefined> {
      const cookie = cookies.get(c, 'session');
      if (!cookie) return undefined;
      const [hash, at] = [sha256(cookie), now()];
      const session = await store.read((tx) => tx.sessions.find(hash));
      if (!session) return undefined;
      if (isOver(session, at)) {
        await store.transact((tx) => tx.sessions.end(hash));
        return undefined;
      }
      if (at.getTime() - session.seenAt.getTime() > noted) await store.transact((tx) => tx.sessions.seen(hash, at));
      return { ...session, cookie };
    },

    async end(c: Context): Promise<void> {
      const cookie = cookies.get(c, 'session');
      cookies.drop(c, 'session');
      if (cookie) await store.transact((tx) => tx.sessions.end(sha256(cookie)));
    },

    endAll: (person: string) => store.transact((tx) => tx.sessions.endAll(person)),
  };
}
