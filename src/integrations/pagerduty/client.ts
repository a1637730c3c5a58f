import * as z from 'zod';
import { Impossible, Unclear } from '../../outbox/failures.ts';
import type { Secret } from '../../secret.ts';
import { type Answer, failureOf, Gone, lost } from '../http.ts';
import { connections } from './one-request.ts';
import { Refusal } from './schema.ts';

export interface ClientParts {
  token: Secret;
  /** In whose name things are done when nobody else is named. */
  from: string;
  apiUrl: string;
  /** Milliseconds for an answer. */
  within?: number;
  /** For metrics: the method and what was asked for, without ids. */
  observe?: (call: string, result: string) => void;
}

export interface Request {
  query?: Record<string, string | string[]>;
  body?: object;
  /** An e-mail for `From`. */
  as?: string | undefined;
}

/** PagerDuty's REST API, with its failures sorted into those that the worker knows. Retries are nobody's business here. */
export interface Client {
  from: string;
  call<T>(method: 'GET' | 'POST' | 'PUT', path: string, answer: z.ZodType<T>, request?: Request): Promise<T>;
  /** All pages of a list; `part` says where in an answer the things are. */
  list<T>(path: string, part: string, thing: z.ZodType<T>, query?: Request['query']): Promise<T[]>;
  close(): void;
}

/** What a 429 of the REST API holds back: all of it, since the limit belongs to the token. */
export const restGate = 'pagerduty.rest';
/** Where PagerDuty names no time. Its limits are by the minute. Milliseconds. */
const unknownWait = 15_000;
const timeOut = 10_000;
/** What PagerDuty gives at once, and altogether. https://developer.pagerduty.com/docs/pagination */
const perPage = 100;
const listedAtMost = 10_000;
/** No answer of use is larger. Bytes. */
const largest = 5_000_000;

export function createClient({
  token,
  from,
  apiUrl,
  within = timeOut,
  observe = () => undefined,
}: ClientParts): Client {
  const line = connections();
  const base = apiUrl.replace(/\/$/, '');

  async function call<T>(
    method: string,
    path: string,
    answer: z.ZodType<T>,
    { query = {}, body, as = from }: Request = {},
  ): Promise<T> {
    const name = `${method} ${path.replace(/\/[A-Z0-9]{6,}(?=\/|$)/g, '/:id')}`;
    try {
      const { status, headers, data } = await send(method, path, query, body, as);
      if (status < 200 || status >= 300) throw refusal({ status, headers }, data);
      const read = answer.safeParse(data);
      if (!read.success) throw new Unclear(`PagerDuty's answer to ${name} cannot be read`, { cause: read.error });
      observe(name, 'ok');
      return read.data;
    } catch (error) {
      observe(name, error instanceof Error ? error.name : 'Error');
      throw error;
    }
  }

  async function send(
    method: string,
    path: string,
    query: Record<string, string | string[]>,
    body: object | undefined,
    as: string,
  ): Promise<Omit<Answer, 'text'> & { data: unknown }> {
    const { api } = await import('@pagerduty/pdjs');
    const one = line.request();
    const options = {
      url: `${base}${path}`,
      method,
      token: token.reveal(),
      queryParameters: query,
      ...(body && { data: body }),
      headers: { ...one.headers, ...(method !== 'GET' && { From: as }) },
      agent: one.agent,
      signal: AbortSignal.timeout(within),
      size: largest,
      redirect: 'manual' as const,
      // Its own time-out ends nothing, and only keeps the process alive.
      requestTimeout: 0,
      retryTimeout: 0,
    };
    try {
      const { status, headers, data } = await api(options);
      return { status, headers, data };
    } catch (error) {
      const limited = one.refused();
      if (limited) return { ...limited, data: undefined };
      // What is no JSON is thrown as the response itself.
      const { status, headers } = error as { status?: unknown; headers?: Answer['headers'] };
      if (typeof status !== 'number' || !headers) throw lost(error, within);
      if (status >= 200 && status < 300) throw new Unclear(`HTTP ${status} with an answer that cannot be read`);
      return { status, headers, data: undefined };
    } finally {
      one.end();
    }
  }

  async function list<T>(path: string, part: string, thing: z.ZodType<T>, query = {}): Promise<T[]> {
    const found: T[] = [];
    const Page = z.object({ [part]: z.array(thing), more: z.boolean().nullish() });
    for (let offset = 0; offset < listedAtMost; offset += perPage) {
      const paged = { ...query, limit: String(perPage), offset: String(offset) };
      const page = await call('GET', path, Page, { query: paged });
      found.push(...(page[part] as T[]));
      if (!page.more) return found;
    }
    return found;
  }

  return { from, call, list, close: line.close };
}

/** Their numbers as words of ours. https://developer.pagerduty.com/docs/errors */
const words: Record<number, string> = {
  1001: 'already_resolved',
  1002: 'already_acknowledged',
  1006: 'cannot_escalate',
  1007: 'unknown_person',
  1008: 'unknown_person',
  1014: 'unknown_escalation_policy',
  1015: 'nobody_on_call',
  1018: 'not_allowed',
  1019: 'already_merged',
  1020: 'unknown_priority',
  2013: 'unknown_person',
  2014: 'not_in_plan',
  5002: 'unknown_service',
};

function refusal(answer: Omit<Answer, 'text'>, data: unknown): Error {
  const error = Refusal.safeParse(data).data?.error;
  const says = error && [error.message, ...(error.errors ?? [])].join(': ');
  if (answer.status === 402) return new Impossible('not_in_plan', `HTTP 402${says ? `: ${says}` : ''}`);
  const code = error?.code === undefined ? undefined : (words[error.code] ?? `pagerduty_${error.code}`);
  // Of the person, not of our token.
  if (code === 'not_allowed') return new Impossible(code, `HTTP ${answer.status}: ${says}`);
  return failureOf(answer, { code, says, gate: restGate, wait: unknownWait });
}

/** For what may be gone. */
export async function orGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Gone) return undefined;
    throw error;
  }
}
