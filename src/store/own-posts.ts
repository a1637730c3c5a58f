import { eq, lt } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import { batchesOf } from './batches.ts';

/** A message of ours that Slack told us about. */
export interface OwnPost {
  key: string;
  channel: string;
  ts: string;
  seenAt: Date;
}

export function ownPostReads({ db, t: { ownPosts } }: Ctx) {
  return {
    async find(key: string): Promise<OwnPost | undefined> {
      const [row] = await db.select().from(ownPosts).where(eq(ownPosts.key, key));
      return row;
    },
  };
}

export function ownPostWrites({ db, t: { ownPosts } }: Ctx) {
  return {
    /** Of several posts with one key the first stays. */
    async keep(posts: readonly OwnPost[]): Promise<void> {
      for (const batch of batchesOf(posts)) await db.insert(ownPosts).values(batch).onConflictDoNothing();
    },

    /** Returns how many it forgot. */
    async sweep(before: Date): Promise<number> {
      const swept = await db.delete(ownPosts).where(lt(ownPosts.seenAt, before)).returning({ key: ownPosts.key });
      return swept.length;
    },
  };
}
