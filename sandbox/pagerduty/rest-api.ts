/** The REST API v2: who asks, as whom, then the operation itself. https://developer.pagerduty.com/docs/rest-api-overview */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf } from '../http.ts';
import { type Json, objectOf, parseObject, textOf } from '../json.ts';
import { checked } from './checked.ts';
import { type Answer, type Parts, type Side, throughGate } from './gate.ts';
import type { Desk, Operation } from './operation.ts';
import { limitHeaders, type Rates, restLimited, restPerMinute } from './rates.ts';
import { type RefusalCode, Refused, refusals } from './refused.ts';
import { directoryOperations } from './rest-directory.ts';
import { incidentOperations } from './rest-incidents.ts';
import { subscriptionOperations } from './rest-subscriptions.ts';
import { talkOperations } from './rest-talk.ts';
import { pagerDutyReadToken, pagerDutyToken } from './wire.ts';

const operations = [...incidentOperations, ...talkOperations, ...directoryOperations, ...subscriptionOperations];

const refusal = ({ status, code, message }: RefusalCode, errors: string[] = []): Answer => ({
  status,
  body: { error: { message, code, ...(errors.length > 0 && { errors }) } },
});

export const restSide: Side = {
  of: 'pagerduty.rest',
  limited: (seconds) => restLimited(limitHeaders(restPerMinute, 0, seconds)),
  broken: ({ status = 503 }) =>
    refusal({ status, code: 2000, message: 'An internal error has occurred. PagerDuty team has been notified.' }),
  refused: ({ status = 400, error = 'Invalid Input Provided' }) => refusal({ status, code: 2001, message: error }),
  errorIn(body) {
    const { message, errors } = objectOf(body.error);
    return [textOf(message), ...(Array.isArray(errors) ? errors : [])].join(': ');
  },
};

type Found = { operation: Operation; id: string };

function operationAt(method: string, path: string): Found | undefined {
  for (const operation of operations) {
    const pattern = new RegExp(`^${operation.path.replace('{id}', '([^/]+)')}$`);
    const match = operation.method === method && pattern.exec(path);
    if (match) return { operation, id: decodeURIComponent(match[1] ?? '') };
  }
  return undefined;
}

type Request = { headers: IncomingMessage['headers']; url: URL; text: string };

export function createRestApi(parts: Parts, desk: Desk, rates: Rates) {
  const { account, now } = desk.book;
  const violation = (what: string, detail: Json = {}) => parts.ledger.violation('pagerduty', what, detail);

  /** "This format must be followed precisely": https://developer.pagerduty.com/docs/authentication */
  function authorise({ headers }: Request, { operation }: Found): string {
    const [, token = ''] = /^Token token=(\S+)$/.exec(headers.authorization ?? '') ?? [];
    const isKnown = token === pagerDutyToken || token === pagerDutyReadToken;
    if (!isKnown || account.state.tokenRevoked) throw new Refused('unauthorized');
    if (token === pagerDutyReadToken && operation.method !== 'GET') throw new Refused('denied');
    return token;
  }

  function checkHeaders({ headers, text }: Request, name: string) {
    if (!/^application\/vnd\.pagerduty\+json;\s*version=2$/.test(headers.accept ?? ''))
      violation(`${name} asked for no version: Accept must be application/vnd.pagerduty+json;version=2`);
    if (text !== '' && !/^application\/json\b/.test(headers['content-type'] ?? ''))
      violation(`${name} had a body whose Content-Type is not application/json`);
  }

  /** Whoever writes says who they are. */
  function requester({ headers }: Request, name: string): string {
    const from = textOf(headers.from);
    if (!from) {
      violation(`${name} needs a From header with the e-mail of a user`);
      throw new Refused('invalid', ['The From header is missing']);
    }
    const user = account.userByEmail(from);
    if (!user) throw new Refused('requesterUnknown');
    return user.id;
  }

  function bodyFor({ text }: Request, { operation }: Found, name: string): unknown {
    if (!operation.schema) return undefined;
    const { value, errors, unknown } = checked(operation.schema, parseObject(text));
    if (unknown.length > 0) violation(`${name} had fields PagerDuty does not know: ${unknown.join(', ')}`);
    if (errors.length === 0) return value;
    violation(`${name} was refused: ${errors.join('; ')}`, { errors });
    throw new Refused('invalid', errors);
  }

  function run(request: Request, found: Found | undefined, name: string): Answer {
    if (!found) return refusal(refusals.notFound);
    const token = authorise(request, found);
    const { allowed, headers } = rates.take(token, restPerMinute);
    if (!allowed) {
      parts.ledger.violation('ratelimited', 'PagerDuty’s REST API was called too often', {});
      return restLimited(headers);
    }
    const { operation, id } = found;
    checkHeaders(request, name);
    const { searchParams: query } = request.url;
    const strange = [...new Set(query.keys())].filter((key) => !operation.query.includes(key));
    if (strange.length > 0) violation(`${name} has parameters PagerDuty does not know: ${strange.join(', ')}`);
    const by = operation.method === 'GET' || operation.anonymous ? null : requester(request, name);
    const body = bodyFor(request, found, name);
    const given = operation.run({ desk, id, query, body, when: { by, at: now() } });
    if (operation.method !== 'GET') account.changed();
    return { status: given.status ?? 200, body: given.body, headers };
  }

  function answer(request: Request, found: Found | undefined, name: string): Answer {
    try {
      return run(request, found, name);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return refusal(error.refusal, error.errors);
    }
  }

  return {
    /** `path` without where the API stands. */
    async handle(request: IncomingMessage, response: ServerResponse, url: URL, path: string) {
      const text = (await bodyOf(request)).toString();
      const found = operationAt(request.method ?? 'GET', path);
      const name = `pagerduty.rest.${found?.operation.name ?? 'unknown'}`;
      const query = [...url.searchParams].length > 0 ? { query: url.search.slice(1) } : {};
      const from = textOf(request.headers.from);
      const args = { path, ...query, ...(from && { from }), ...parseObject(text) };
      const asked = { headers: request.headers, url, text };
      await throughGate(parts, restSide, { method: name, args, response }, () => answer(asked, found, name));
    },
  };
}
