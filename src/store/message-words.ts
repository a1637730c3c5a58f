import { type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Place } from '../incident/incident.ts';
import { wordsIn } from '../incident/words.ts';
import * as pg from './message-words-pg.ts';
import * as sqlite from './message-words-sqlite.ts';

/** What is found by its words. */
export interface Worded extends Place {
  incident: string;
  words: string[];
}

export interface WordsWanted {
  words: string[];
  /** Of one incident; else of all that `where` lets through. */
  incident?: string | undefined;
  where: SQL;
  limit: number;
}

/** How an engine finds messages by their words, as `search.ts` finds incidents. */
export interface MessageIndex {
  add(ctx: Ctx, messages: readonly Worded[]): Promise<void>;
  remove(ctx: Ctx, places: readonly Place[]): Promise<void>;
  /** Newest first. */
  find(ctx: Ctx, wanted: WordsWanted): Promise<Place[]>;
}

export const messageIndexOf = ({ engine }: Ctx): MessageIndex => (engine === 'sqlite' ? sqlite.index : pg.index);

/** In the transaction that keeps them. What says nothing is not found. */
export async function indexMessages(
  ctx: Ctx,
  said: readonly (Place & { incident: string; text: string; files: { name: string }[] })[],
): Promise<void> {
  const worded = said.map(({ channel, ts, incident, text, files }) => ({
    channel,
    ts,
    incident,
    words: wordsIn([text, ...files.map(({ name }) => name)].join('\n')),
  }));
  await messageIndexOf(ctx).add(
    ctx,
    worded.filter(({ words }) => words.length > 0),
  );
}

export async function unindexMessages(ctx: Ctx, places: readonly Place[]): Promise<void> {
  await messageIndexOf(ctx).remove(ctx, places);
}

/** Several values of one statement. */
export const listOf = (parts: SQL[]): SQL => sql.join(parts, sql`, `);
