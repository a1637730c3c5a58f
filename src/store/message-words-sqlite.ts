import { sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Place } from '../incident/incident.ts';
import { batchesOf } from './batches.ts';
import { listOf, type MessageIndex, type Worded, type WordsWanted } from './message-words.ts';

/**
 * FTS5, a row for each message under a number that is its time: so the newest come first without sorting, and a message is found
 * again by where it is. Two messages of two channels can have one time; the lower bits keep those apart.
 * https://sqlite.org/fts5.html
 */
export const index: MessageIndex = {
  async add(ctx: Ctx, messages: readonly Worded[]): Promise<void> {
    for (const batch of batchesOf(messages)) {
      const rows = batch.flatMap(({ channel, ts, incident, words }) => {
        const row = rowOf({ channel, ts });
        return row === undefined ? [] : [sql`(${row}, ${`${words.join(' ')} ${tokenOf(incident)}`}, ${channel})`];
      });
      // Ignored: one time and the same lower bits, once in many years. It can still be read, only not found.
      if (rows.length > 0)
        await ctx.run(sql`insert or ignore into message_search (rowid, words, channel) values ${listOf(rows)}`);
    }
  },

  async remove(ctx: Ctx, places: readonly Place[]): Promise<void> {
    for (const batch of batchesOf(places)) {
      const rows = batch.flatMap((place) => rowOf(place) ?? []).map((row) => sql`${row}`);
      if (rows.length > 0) await ctx.run(sql`delete from message_search where rowid in (${listOf(rows)})`);
    }
  },

  async find(ctx: Ctx, { words, incident, where, limit }: WordsWanted): Promise<Place[]> {
    const { messages, incidents } = ctx.t;
    const wanted = incident === undefined ? words : [...words, tokenOf(incident)];
    const match = wanted.map((word) => `"${word}"`).join(' ');
    const micros = sql.raw(`(message_search.rowid >> ${bits})`);
    const ts = sql`printf('%d.%06d', ${micros} / 1000000, ${micros} % 1000000)`;
    // `cross join`: in this order, so that the newest matches come first and the rest is never read.
    return ctx.rows<Place>(sql`
      select ${messages.channel} as channel, ${messages.ts} as ts
      from message_search
      cross join ${messages} on ${messages.channel} = message_search.channel and ${messages.ts} = ${ts}
      cross join ${incidents} on ${incidents.id} = ${messages.incident}
      where message_search match ${match} and ${where}
      order by message_search.rowid desc limit ${limit}`);
  },
};

/** A ts has 51 bits of microseconds until the year 2041, and 52 until 2112; beside these SQLite's 63 have room for so many more. */
const bits = 11;

/** Undefined where a ts is none of Slack's. */
function rowOf({ channel, ts }: Place): bigint | undefined {
  if (!/^[0-3]?\d{1,9}\.\d{6}$/.test(ts)) return undefined;
  return (BigInt(ts.replace('.', '')) << BigInt(bits)) | BigInt(lowerBits(channel));
}

function lowerBits(channel: string): number {
  let hash = 7;
  for (const sign of channel) hash = (hash * 31 + (sign.codePointAt(0) ?? 0)) >>> 0;
  return hash % 2 ** bits;
}

/** The incident as a word among the others: its messages are then an intersection and no walk. */
const tokenOf = (incident: string) => incident.toLowerCase().replace(/[^a-z0-9]/g, '');
