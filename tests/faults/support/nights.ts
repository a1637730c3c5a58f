import type { Engine } from '../../../db/database.ts';
import { kill } from './kill.ts';
import { lostReplies } from './lost-replies.ts';
import { replicas } from './replicas.ts';
import type { Night } from './run.ts';

export const nights = { kill, 'lost-replies': lostReplies, replicas } satisfies Record<string, Night>;

export type Kind = keyof typeof nights;

/** Bots that a kind of night needs, and the engines it is for. */
export const needs: Record<Kind, { bots: number; engines: Engine[] }> = {
  kill: { bots: 1, engines: ['sqlite', 'pg'] },
  'lost-replies': { bots: 1, engines: ['sqlite', 'pg'] },
  replicas: { bots: 2, engines: ['pg'] },
};
