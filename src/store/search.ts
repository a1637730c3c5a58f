import type { SQL } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { IncidentEvent } from '../incident/events.ts';
import type { Incident } from '../incident/incident.ts';
import { wordsIn } from '../incident/words.ts';
import * as pg from './search-pg.ts';
import * as sqlite from './search-sqlite.ts';

/** How an engine keeps and finds words. Words are letters and digits only (words.ts), so nothing in them means anything to it. */
export interface WordIndex {
  add(ctx: Ctx, number: number, words: string[]): Promise<void>;
  /** Numbers of incidents with all the words, newest first. `prefix`: they may go on. `where`: which of them count. */
  find(ctx: Ctx, what: Wanted): Promise<number[]>;
}

export interface Wanted {
  words: string[];
  prefix: boolean;
  where: SQL;
  limit: number;
}

export const indexOf = ({ engine }: Ctx): WordIndex => (engine === 'sqlite' ? sqlite.index : pg.index);

/** What an event says in words. A new title is found beside the old one, since people remember either. */
function saidIn(event: IncidentEvent): string[] {
  switch (event.type) {
    case 'declared':
      return [event.title, event.summary];
    case 'renamed':
      return [event.to];
    case 'updatePosted':
      return [event.text];
    case 'statusChanged':
    case 'resolved':
    case 'closed':
      return [event.note];
    default:
      return [];
  }
}

/** In the transaction that saves the incident. A practice run is not to be found. `services`: as people name them. */
export async function indexWords(
  ctx: Ctx,
  incident: Incident,
  events: readonly IncidentEvent[],
  services: string[],
): Promise<void> {
  if (incident.isPractice) return;
  const declared = events.some(({ type }) => type === 'declared');
  const named = declared ? [String(incident.number), ...incident.services, ...services] : [];
  const words = wordsIn([...named, ...events.flatMap(saidIn)].join('\n'));
  if (words.length > 0) await indexOf(ctx).add(ctx, incident.number, words);
}
