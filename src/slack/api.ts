import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClient,
} from '@slack/web-api';
import type * as z from 'zod';
import { Held, Impossible, NotApplied, Unclear } from '../outbox/failures.ts';

/** Slack's Web API with its failures sorted into the four that the worker knows. Retries are nobody's business here. */
export interface Slack {
  call(method: string, args: Record<string, unknown>): Promise<Record<string, unknown>>;
  call<T>(method: string, args: Record<string, unknown>, answer: z.ZodType<T>): Promise<T>;
}

export interface SlackParts {
  client: WebClient;
  /** Calls inside a transaction would hold every other writer for as long as Slack takes. */
  insideTransaction: () => boolean;
  observe?: (method: string, result: string) => void;
}

export function createSlack({ client, insideTransaction, observe = () => undefined }: SlackParts): Slack {
  async function call(method: string, args: Record<string, unknown>, answer?: z.ZodType): Promise<unknown> {
    if (insideTransaction()) throw new Error(`${method} called inside a transaction`);
    try {
      const result = await client.apiCall(method, args);
      observe(method, 'ok');
      return answer ? answer.parse(result) : result;
    } catch (error) {
      const failure = sorted(error, gateOf(method, args));
      observe(method, failure.name);
      throw failure;
    }
  }
  return { call: call as Slack['call'] };
}

/** What Slack limits by: the method, and for posting the channel too. https://docs.slack.dev/apis/web-api/rate-limits */
export function gateOf(method: string, args: { channel?: unknown }): string {
  return method === 'chat.postMessage' && typeof args.channel === 'string' ? `${method}:${args.channel}` : method;
}

/** Slack answered and did not apply it, but trying again may help: an operator renews the token, the team is back. */
const repairable = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'team_access_not_granted',
]);

/** "Some aspect of the operation succeeded": https://docs.slack.dev/reference/methods/chat.postMessage */
const unclear = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

const bodyLimit = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
/** Where Slack limits in the body it names no time. */
const bodyLimitWait = 30_000;

function sorted(error: unknown, gate: string): Error {
  if (error instanceof WebAPIRateLimitedError) return new Held(Math.max(1, error.retryAfter) * 1_000, gate);
  if (error instanceof WebAPIPlatformError)
    return fromBody(error.data.error, (error.data as { needed?: unknown }).needed, gate);
  if (error instanceof WebAPIHTTPError && error.statusCode < 500) return new NotApplied(`HTTP ${error.statusCode}`);
  if (error instanceof WebAPIRequestError && neverLeft(error)) return new NotApplied(causeOf(error), { cause: error });
  return new Unclear(error instanceof Error ? error.message : String(error), { cause: error });
}

function fromBody(code: string, needed: unknown, gate: string): Error {
  if (bodyLimit.has(code)) return new Held(bodyLimitWait, gate);
  if (repairable.has(code)) return new NotApplied(code);
  if (code === 'missing_scope') return new Impossible(code, `the app lacks the scope ${String(needed)}`);
  // A body that is no answer of Slack's arrives here as its first characters: a proxy's page, a cut reply.
  if (unclear.has(code) || code.startsWith('duplicate_') || !/^[a-z_]+$/.test(code)) return new Unclear(code);
  return new Impossible(code);
}

/** The connection was never made, so nothing can have been applied. */
function neverLeft(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') return true;
  const { cause, original } = (error ?? {}) as { cause?: unknown; original?: unknown };
  return cause || original ? neverLeft(cause ?? original) : false;
}

function causeOf(error: Error): string {
  const inner = error.cause instanceof Error ? error.cause : undefined;
  return inner?.message ?? error.message;
}
