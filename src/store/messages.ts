import { and, asc, count, desc, eq, gt, inArray, isNull, lt, max, or, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import { cleanText } from '../../db/json.ts';
import type { Place } from '../incident/incident.ts';
import { batchesOf } from './batches.ts';
import { type Erasing, erase } from './erasing.ts';
import { type Sight, seen } from './incidents.ts';
import { indexMessages, messageIndexOf, unindexMessages } from './message-words.ts';

/** A file that somebody put into the channel. */
export interface FileRef {
  id: string;
  name: string;
  /** Its media type, as Slack says. */
  type: string;
  /** Where to see it in Slack. */
  link: string;
}

/** Something that was said, or that Slack noted, in the channel of an incident. `ts` is Slack's own time (seconds) and name of it. */
export interface Message extends Place {
  incident: string;
  /** The `ts` of the message whose thread it is in. */
  thread?: string;
  author: string;
  kind: 'said' | 'joined' | 'left' | 'other';
  text: string;
  files: FileRef[];
  earlier: { text: string; until: Date }[];
  editedAt?: Date;
  erasedAt?: Date;
  erasedBy?: string;
}

/** Where a reader goes on: after this `ts`. */
export interface Stretch {
  after?: string;
  limit: number;
}

/** Words to look for: in one incident, or in all that somebody may see. Newest first. */
export interface WordsAsked {
  words: string[];
  incident?: string;
  sight: Sight;
  limit: number;
}

export function messageReads(ctx: Ctx) {
  const {
    db,
    t: { messages, incidents },
  } = ctx;

  /** Those that are there, in no order. */
  async function at(places: readonly Place[]): Promise<Message[]> {
    const found: Message[] = [];
    for (const batch of batchesOf(places)) {
      const rows = await db
        .select()
        .from(messages)
        .where(or(...batch.map((place) => isAt(ctx, place))));
      found.push(...rows.map(toMessage));
    }
    return found;
  }

  return {
    at,

    /** Of an incident, in the order in which they were said. Slack's times have a fixed width, so they sort as text. */
    async of(incident: string, { after = '', limit }: Stretch): Promise<Message[]> {
      const rows = await db
        .select()
        .from(messages)
        .where(and(eq(messages.incident, incident), gt(messages.ts, after)))
        .orderBy(asc(messages.ts), asc(messages.channel))
        .limit(limit);
      return rows.map(toMessage);
    },

    async countOf(incident: string): Promise<number> {
      return db.$count(messages, eq(messages.incident, incident));
    },

    /** How many were erased in one go. */
    async erasedBy(incident: string, { by, at: when }: { by: string; at: Date }): Promise<number> {
      const { incident: of, erasedBy, erasedAt } = messages;
      return db.$count(messages, and(eq(of, incident), eq(erasedBy, by), eq(erasedAt, when)));
    },

    /** How much of what was said still stands; of one person, also over all incidents. */
    async countStanding({ author, incident }: { author?: string; incident?: string }): Promise<Map<string, number>> {
      const rows = await db
        .select({ incident: messages.incident, count: count() })
        .from(messages)
        .where(
          and(
            author === undefined ? undefined : eq(messages.author, author),
            incident === undefined ? undefined : eq(messages.incident, incident),
            isNull(messages.erasedAt),
          ),
        )
        .groupBy(messages.incident);
      return new Map(rows.map((row) => [row.incident, row.count]));
    },

    /** With all the words, newest first; of practice runs only where their incident is asked for. Words are those of `wordsAsked`. */
    async search({ words, incident, sight, limit }: WordsAsked): Promise<Message[]> {
      if (words.length === 0) return [];
      const real = incident === undefined ? sql`not ${incidents.isPractice}` : sql`true`;
      const where = sql`${seen(ctx, sight)} and ${real}`;
      const found = await at(await messageIndexOf(ctx).find(ctx, { words, incident, where, limit }));
      return found.sort((one, other) => (one.ts < other.ts ? 1 : -1));
    },

    /** What a channel has that was not erased, newest first: in one thread of it, or in none. */
    async standing(channel: string, { thread, before, limit }: { thread?: string; before: string; limit: number }) {
      const rows = await db
        .select({ ts: messages.ts, thread: messages.thread })
        .from(messages)
        .where(
          and(
            eq(messages.channel, channel),
            lt(messages.ts, before),
            thread === undefined ? isNull(messages.thread) : eq(messages.thread, thread),
            isNull(messages.erasedAt),
          ),
        )
        .orderBy(desc(messages.ts))
        .limit(limit);
      return rows.map(({ ts }) => ts);
    },

    /** How many replies there are in each of these threads, and when the last was written. */
    async threads(
      channel: string,
      parents: readonly string[],
    ): Promise<Map<string, { count: number; latest: string }>> {
      const found = new Map<string, { count: number; latest: string }>();
      for (const batch of batchesOf(parents)) {
        const rows = await db
          .select({ thread: messages.thread, count: count(), latest: max(messages.ts) })
          .from(messages)
          .where(and(eq(messages.channel, channel), inArray(messages.thread, batch), isNull(messages.erasedAt)))
          .groupBy(messages.thread);
        for (const row of rows)
          if (row.thread !== null) found.set(row.thread, { count: row.count, latest: row.latest ?? '' });
      }
      return found;
    },
  };
}

export const isAt = ({ t: { messages } }: Ctx, { channel, ts }: Place) =>
  and(eq(messages.channel, channel), eq(messages.ts, ts));

/** How a message reads after somebody edited it. */
export interface Edit {
  message: Message;
  /** What it said before, where Slack tells; kept unless `forget`. */
  before?: string;
  at: Date;
  /** A machine rewrites its messages all day: only how they stand now is kept. */
  forget?: boolean;
}

export function messageWrites(ctx: Ctx) {
  const { db, t } = ctx;
  const { messages } = t;
  return {
    /** What is there already stays as it is: it may have been edited or erased since. Gives those that are new. */
    async keep(said: readonly Message[]): Promise<Place[]> {
      const fresh = new Set<string>();
      const clean = said.map(cleaned);
      for (const batch of batchesOf(clean))
        for (const { channel, ts } of await db
          .insert(messages)
          .values(batch)
          .onConflictDoNothing()
          .returning({ channel: messages.channel, ts: messages.ts }))
          fresh.add(`${channel}:${ts}`);
      const kept = clean.filter(({ channel, ts }) => fresh.delete(`${channel}:${ts}`));
      await indexMessages(ctx, kept);
      return kept.map(({ channel, ts }) => ({ channel, ts }));
    },

    /** Also of a message that has not come yet. What was erased stays so. False: nothing changed. */
    async edit({ message, before, at, forget = false }: Edit): Promise<boolean> {
      const now = cleaned(message);
      const [row] = await db.select().from(messages).where(isAt(ctx, now));
      const there = row && toMessage(row);
      if (there?.erasedAt) return false;
      const differs = there && there.text !== now.text;
      if (there && !differs && sameFiles(there, now)) return false;
      // An earlier edit that came late: what it says was said before what stands.
      if (differs && there.editedAt && there.editedAt > at) return false;
      const said = forget ? [] : [there?.text, before === undefined ? undefined : cleanText(before)];
      const earlier = [...new Set(said)].flatMap((text) => (text && text !== now.text ? [{ text, until: at }] : []));
      const known = there?.earlier ?? [];
      const changed = {
        text: now.text,
        files: now.files,
        ...(!there || differs ? { earlier: [...known, ...earlier], editedAt: at } : {}),
      };
      if (there) await db.update(messages).set(changed).where(isAt(ctx, now));
      else await db.insert(messages).values({ ...now, ...changed });
      if (there) await unindexMessages(ctx, [now]);
      await indexMessages(ctx, [now]);
      return true;
    },

    /** Keeps that something was there, and nothing of what it said. Also of a message that has not come yet. */
    async erased(gone: readonly Message[], by: string, at: Date): Promise<void> {
      await erase(ctx, { places: gone }, { by, at, limit: gone.length });
      const bare = gone.map((message) => ({
        ...message,
        text: '',
        files: [],
        earlier: [],
        erasedAt: at,
        erasedBy: by,
      }));
      for (const batch of batchesOf(bare)) await db.insert(messages).values(batch).onConflictDoNothing();
    },

    /** Erases at most `limit` of those that stand; gives how many of which incident. */
    erase: (which: Erasing, how: { by: string; at: Date; limit: number }) => erase(ctx, which, how),
  };
}

const cleaned = (message: Message): Message => ({ ...message, text: cleanText(message.text) });

const sameFiles = (one: Message, other: Message) =>
  one.files.length === other.files.length && one.files.every(({ id }, index) => id === other.files[index]?.id);

type Row = Ctx['t']['messages']['$inferSelect'];

function toMessage({ thread, editedAt, erasedAt, erasedBy, ...row }: Row): Message {
  return {
    ...row,
    kind: row.kind as Message['kind'],
    files: row.files as FileRef[],
    earlier: row.earlier as Message['earlier'],
    ...(thread && { thread }),
    ...(editedAt && { editedAt }),
    ...(erasedAt && { erasedAt }),
    ...(erasedBy && { erasedBy }),
  };
}
