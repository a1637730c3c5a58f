import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import { batchesOf } from './batches.ts';

/** A stretch of a channel's history that is being read, newest first, and where reading stands. All are `ts` of Slack's. */
export interface Reading {
  /** When it was begun: what happened until then is in it. */
  began: string;
  /** Down to here; nothing: to the first message. */
  downTo?: string;
  /** Since when Slack may not have told everything: threads that were busy then are looked into. */
  since: string;
  /** What is older than this is still to be read; nothing yet: all of it. */
  below?: string;
  /** Slack's own place, after a page without messages. */
  cursor?: string;
  /** The surface is read; threads are left. */
  surfaced?: boolean;
  /** Parents of threads that have to be read, the first of them up to `after`. */
  threads: string[];
  after?: string;
  threadCursor?: string;
  /** Only to see whether Slack has fallen silent, on the newest page: with something there that nobody told us of, all of it is read. */
  check?: boolean;
  found?: boolean;
}

export interface Gaps {
  reading?: Reading;
  /** When the last reading of all of it was begun. */
  whole?: string;
  /** What was found missing meanwhile: it is read after that. */
  next?: Wish;
}

export type Wish = Pick<Reading, 'downTo' | 'since' | 'check'> & {
  /** Until when Slack may have left something out: a reading that was begun later has it. */
  upTo: string;
};

export interface Captured {
  channel: string;
  incident: string;
  gaps: Gaps;
  knownUntil: Date;
}

export function captureReads({ db, t: { captures, incidents } }: Ctx) {
  return {
    async of(channel: string): Promise<Captured | undefined> {
      const [row] = await db.select().from(captures).where(eq(captures.channel, channel));
      return row && toCaptured(row);
    },

    /** Until when Slack has told what happened in these channels. */
    async heardUntil(channels: readonly string[]): Promise<Map<string, Date>> {
      const until = new Map<string, Date>();
      for (const batch of batchesOf(channels)) {
        const rows = await db
          .select({ channel: captures.channel, knownUntil: captures.knownUntil })
          .from(captures)
          .where(inArray(captures.channel, batch));
        for (const { channel, knownUntil } of rows) until.set(channel, knownUntil);
      }
      return until;
    },

    /** Channels in which something was said since. */
    async lately(since: Date): Promise<Captured[]> {
      const rows = await db.select().from(captures).where(gte(captures.knownUntil, since));
      return rows.map(toCaptured);
    },

    /** Incidents in whose channels nothing was said since, a few. */
    async quiet(before: Date, after: string, limit: number): Promise<string[]> {
      const rows = await db
        .selectDistinct({ incident: captures.incident })
        .from(captures)
        .where(and(lt(captures.knownUntil, before), sql`${captures.incident} > ${after}`))
        .orderBy(captures.incident)
        .limit(limit);
      return rows.map(({ incident }) => incident);
    },

    /** Whose channels these are, also those that an incident has moved out of. The others are nobody's. */
    async incidentsOf(channels: readonly string[]): Promise<Map<string, string>> {
      const found = new Map<string, string>();
      for (const batch of batchesOf(channels)) {
        const known = await db
          .select({ channel: captures.channel, incident: captures.incident })
          .from(captures)
          .where(inArray(captures.channel, batch));
        const current = await db
          .select({ channel: incidents.channel, incident: incidents.id })
          .from(incidents)
          .where(inArray(incidents.channel, batch));
        for (const { channel, incident } of [...known, ...current]) if (channel) found.set(channel, incident);
      }
      return found;
    },
  };
}

export function captureWrites({ db, t: { captures } }: Ctx) {
  return {
    /** Slack has told something of this channel. */
    async heard(channel: string, incident: string, at: Date): Promise<void> {
      await db
        .insert(captures)
        .values({ channel, incident, gaps: {}, knownUntil: at })
        .onConflictDoUpdate({
          target: captures.channel,
          set: { knownUntil: at },
          setWhere: lt(captures.knownUntil, at),
        });
    },

    async setGaps(channel: string, gaps: Gaps): Promise<void> {
      await db.update(captures).set({ gaps }).where(eq(captures.channel, channel));
    },

    /** Nothing of it is left to be erased. What is said there later brings it back. */
    async forget(incident: string): Promise<void> {
      await db.delete(captures).where(eq(captures.incident, incident));
    },
  };
}

const toCaptured = (row: Ctx['t']['captures']['$inferSelect']): Captured => ({ ...row, gaps: row.gaps as Gaps });
