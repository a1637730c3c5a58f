import { type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Place } from '../incident/incident.ts';
import { batchesOf } from './batches.ts';
import { listOf, type MessageIndex, type Worded, type WordsWanted } from './message-words.ts';

/**
 * So many of the newest messages are read one after the other: a microsecond each, since they lie side by side. A word that is not
 * twenty times among them is in few of a million, and these are looked up, each in another place.
 */
const readThrough = 10_000;

/** A tsvector for each message. Left to choose, the planner takes two words for far more frequent together than they are, and reads them all. */
export const index: MessageIndex = {
  async add(ctx: Ctx, messages: readonly Worded[]): Promise<void> {
    for (const batch of batchesOf(messages)) {
      const rows = batch.map(
        ({ channel, ts, incident, words }) =>
          sql`(${channel}, ${ts}, ${incident}, array_to_tsvector(${`{${words.join(',')}}`}::text[]))`,
      );
      await ctx.run(sql`
        insert into message_search (channel, ts, incident, words) values ${listOf(rows)}
        on conflict (channel, ts) do update set words = excluded.words`);
    }
  },

  async remove(ctx: Ctx, places: readonly Place[]): Promise<void> {
    for (const batch of batchesOf(places)) {
      const rows = batch.map(({ channel, ts }) => sql`(${channel}, ${ts})`);
      if (rows.length > 0) await ctx.run(sql`delete from message_search where (channel, ts) in (${listOf(rows)})`);
    }
  },

  async find(ctx: Ctx, { words, incident, where, limit }: WordsWanted): Promise<Place[]> {
    const { incidents } = ctx.t;
    const says = sql`found.words @@ ${words.map((word) => `'${word}'`).join(' & ')}::tsquery`;
    const newestOf = (found: SQL, which: SQL) =>
      ctx.rows<Place>(sql`
        select found.channel as channel, found.ts as ts
        from ${found} as found join ${incidents} on ${incidents.id} = found.incident
        where ${which} and ${where} order by found.ts desc limit ${limit}`);
    // Of one incident there are never so many that it matters.
    if (incident !== undefined) return newestOf(sql`message_search`, sql`${says} and found.incident = ${incident}`);
    const newest = sql`(select * from message_search order by ts desc limit ${readThrough})`;
    const common = await newestOf(newest, says);
    if (common.length === limit) return common;
    // `offset 0`: all of them are found by their words before they are put in order.
    return newestOf(sql`(select * from message_search as found where ${says} offset 0)`, sql`true`);
  },
};
