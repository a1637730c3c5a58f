import { sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Wanted, WordIndex } from './search.ts';

/** FTS5, a row for each incident under its number. https://sqlite.org/fts5.html */
export const index: WordIndex = {
  async add(ctx: Ctx, number: number, words: string[]): Promise<void> {
    const [there] = await ctx.rows(sql`select 1 from incident_search where rowid = ${number}`);
    const text = words.join(' ');
    await ctx.run(
      there
        ? sql`update incident_search set words = words || ' ' || ${text} where rowid = ${number}`
        : sql`insert into incident_search (rowid, words) values (${number}, ${text})`,
    );
  },

  async find(ctx: Ctx, { words, prefix, where, limit }: Wanted): Promise<number[]> {
    const match = words.map((word) => `"${word}"${prefix ? '*' : ''}`).join(' ');
    // `cross join`: in this order, so that the newest matches come first and the rest is never read.
    const found = await ctx.rows<{ number: number }>(sql`
      select ${ctx.t.incidents.number} as number
      from incident_search cross join ${ctx.t.incidents} on ${ctx.t.incidents.number} = incident_search.rowid
      where incident_search match ${match} and ${where}
      order by incident_search.rowid desc limit ${limit}`);
    return found.map(({ number }) => number);
  },
};
