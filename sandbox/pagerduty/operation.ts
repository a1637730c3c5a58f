/** What one operation of the REST API is, and what it is given. */
import type * as z from 'zod';
import type { Json } from '../json.ts';
import type { Book, When } from './note.ts';
import type { References } from './references.ts';
import { Refused } from './refused.ts';
import type { Talk } from './talk.ts';
import type { PagerIncident } from './wire.ts';

/** The parts that operations work with. */
export type Desk = { book: Book; refer: References; talk: Talk /** sends a test webhook */; ping(to: string): void };

export type Call<Body = unknown> = {
  desk: Desk;
  /** what stood for {id} in the path */
  id: string;
  query: URLSearchParams;
  body: Body;
  /** as the user of the From header, now */
  when: When;
};

export type Operation = {
  /** `pagerduty.rest.` and this is its name in the ledger and in fault rules */
  name: string;
  method: 'GET' | 'POST' | 'PUT';
  /** with {id} */
  path: string;
  /** parameters that it knows; another one would be passed over in silence */
  query: string[];
  schema?: z.ZodType;
  /** it changes nothing that a person answers for, and needs no From */
  anonymous?: boolean;
  run(call: Call): { status?: number; body: Json };
};

/** With its body read by its schema. */
export function writes<Body>(operation: {
  name: string;
  method: 'POST' | 'PUT';
  path: string;
  anonymous?: boolean;
  schema: z.ZodType<Body>;
  run(call: Call<Body>): { status?: number; body: Json };
}): Operation {
  return { query: [], ...operation, run: (call) => operation.run(call as Call<Body>) };
}

export const paging = ['limit', 'offset', 'total'];

/** https://developer.pagerduty.com/docs/pagination: at most 100 at once, and none after the first 10,000. */
export function pageOf<T>(items: T[], query: URLSearchParams): { page: T[]; paging: Json } {
  const limit = number(query, 'limit', 25);
  const offset = number(query, 'offset', 0);
  if (limit < 1 || limit > 100) throw new Refused('invalid', ['limit must be between 1 and 100']);
  if (offset + limit > 10_000) throw new Refused('invalid', ['offset + limit must not be more than 10000']);
  const total = query.get('total') === 'true' ? items.length : null;
  return {
    page: items.slice(offset, offset + limit),
    paging: { limit, offset, total, more: items.length > offset + limit },
  };
}

function number(query: URLSearchParams, name: string, otherwise: number): number {
  const given = query.get(name);
  if (given === null) return otherwise;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 0) throw new Refused('invalid', [`${name} must be a number`]);
  return value;
}

/** Epoch ms. */
export function timeIn(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  const time = Date.parse(given);
  if (Number.isNaN(time)) throw new Refused('wrongTimes');
  return time;
}

export function needIncident({ desk, id }: Pick<Call, 'desk' | 'id'>): PagerIncident {
  const incident = desk.book.account.incident(id);
  if (!incident) throw new Refused('incidentUnknown');
  return incident;
}
