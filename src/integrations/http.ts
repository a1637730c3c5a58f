import { Held, Impossible, NotApplied, Unclear } from '../outbox/failures.ts';

/** The other side does not accept our token: an operator has to renew it, and then the same works. */
export class RefusedToken extends NotApplied {
  override name = 'RefusedToken';
}

/** There is no such thing any more, or never was. */
export class Gone extends Impossible {
  override name = 'Gone';
  constructor(message: string) {
    super('gone', message);
  }
}

/** An answer, whatever its status. */
export interface Answer {
  status: number;
  headers: { get(name: string): string | null };
  text: string;
}

/** More than any answer that is of use. Characters. */
const longest = 1_000_000;

/** Sends JSON and waits `within` milliseconds for the whole answer. Throws `NotApplied` when it never left, `Unclear` when it may have. */
export async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
  within: number,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body,
      // Credentials and what the body says are for this address alone.
      redirect: 'manual',
      signal: AbortSignal.timeout(within),
    });
    return { status: response.status, headers: response.headers, text: await textOf(response) };
  } catch (error) {
    throw lost(error, within);
  }
}

async function textOf({ body }: Response): Promise<string> {
  let text = '';
  if (!body) return text;
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.length > longest) break;
  }
  return text;
}

/** Errors of Node and of its fetch that come before anything was sent. https://nodejs.org/api/errors.html#common-system-errors */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.+|UNABLE_TO_.+|.*CERT.*)$/;

/** Why there is no answer, as the outbox understands it. What the error of a library holds besides a code may be secret. */
export function lost(error: unknown, within: number): Error {
  const { name } = (error ?? {}) as { name?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return new Unclear(`no answer within ${within} ms`);
  const code = codeOf(error);
  if (code && beforeSending.test(code)) return new NotApplied(`no connection (${code})`);
  return new Unclear(`the answer was lost (${code ?? String(name)})`);
}

function codeOf(error: unknown): string | undefined {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause ? codeOf(cause) : undefined;
}

/** What a status that is not a success means. `code` and `says` are the other side's own words. */
export function failureOf(
  { status, headers }: Omit<Answer, 'text'>,
  { code, says, gate, wait }: { code?: string | undefined; says?: string | undefined; gate?: string; wait: number },
): Error {
  const message = `HTTP ${status}${says ? `: ${says}` : ''}`;
  if (status === 429) return new Held(waitOf(headers) ?? wait, gate);
  if (status === 401 || status === 403) return new RefusedToken(message);
  if (status === 404 || status === 410) return new Gone(message);
  if (status === 408 || status >= 500) return new Unclear(message);
  // Whoever redirects is not whom we mean; an operator can put the address right.
  if (status < 400) return new NotApplied(message);
  return new Impossible(code ?? `http_${status}`, message);
}

/** The longest that is believed. Milliseconds. */
const longestWait = 10 * 60_000;

/**
 * Milliseconds until requests are taken again: `Retry-After` in seconds or as a date (RFC 9110), or PagerDuty's `ratelimit-reset` in
 * seconds (https://developer.pagerduty.com/docs/rest-api-rate-limits). Undefined: nothing that can be read.
 */
export function waitOf(headers: Answer['headers']): number | undefined {
  const given = headers.get('retry-after') ?? headers.get('ratelimit-reset');
  if (!given) return undefined;
  const sent = Date.parse(headers.get('date') ?? '');
  const ms = /^\d+(\.\d+)?$/.test(given) ? Number(given) * 1_000 : Date.parse(given) - sent;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1_000), longestWait) : undefined;
}
