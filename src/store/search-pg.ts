import { sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Wanted, WordIndex } from './search.ts';

/** A tsvector is at most 1 MB: this many words of 40 characters in any script stay below. What comes after is not found by its words. */
const mostWords = 5_000;

export const index: WordIndex = {
  async add(ctx: Ctx, number: number, words: string[]): Promise<void> {
    // One literal, since drizzle would spread an array over the statement.
    const vector = sql`array_to_tsvector(${`{${words.join(',')}}`}::text[])`;
    await ctx.run(sql`
      insert into incident_search as kept (number, words) values (${number}, ${vector})
      on conflict (number) do update set words = kept.words || excluded.words
      where length(kept.words) < ${mostWords}`);
  },

  async find(ctx: Ctx, { words, prefix, where, limit }: Wanted): Promise<number[]> {
    const query = words.map((word) => `'${word}'${prefix ? ':*' : ''}`).join(' & ');
    const found = await ctx.rows<{ number: number }>(sql`
      select ${ctx.t.incidents.number} as number
      from incident_search join ${ctx.t.incidents} on ${ctx.t.incidents.number} = incident_search.number
      where incident_search.words @@ ${query}::tsquery and ${where}
      order by ${ctx.t.incidents.number} desc limit ${limit}`);
    return found.map(({ number }) => number);
  },
};
