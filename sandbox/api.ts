/** POST /api/<method>: who asks, what the night has in store, what is allowed, then the method itself. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { argsOf } from './args.ts';
import { bodyOf, fieldsOf, reply } from './http.ts';
import { isObject, type Json, textOf } from './json.ts';
import { demandScope, type Method } from './methods/method.ts';
import { methods } from './methods/methods.ts';
import { Refusal } from './refusal.ts';
import type { Slack } from './slack.ts';
import { struck } from './struck.ts';
import { appToken, botToken, type CallEntry, type CallFault } from './wire.ts';

type Answer = { status: number; body: Json; headers?: Record<string, string> };

type Asked = { name: string; raw: Json; token: string | undefined; jsonWithoutCharset: boolean };

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function createApi(
  slack: Slack,
  options: { latencyMs: number; newSocketUrl: () => string; more: Record<string, Method> },
) {
  const all: Record<string, Method> = {
    ...methods,
    ...options.more,
    'apps.connections.open': {
      tier: 'T3',
      scopes: [],
      token: 'app',
      run: () => ({ url: options.newSocketUrl() }),
    },
  };

  function authorise(method: Method, token: string | undefined) {
    if (method.token === 'none') return;
    if (!token) throw new Refusal('not_authed');
    const wanted = method.token === 'app' ? appToken : botToken;
    if (token === wanted) return;
    if (token === appToken || token === botToken) throw new Refusal('not_allowed_token_type');
    throw new Refusal('invalid_auth');
  }

  /** Runs the method; refusals are answers, anything else is the sandbox's own bug and says so. */
  async function answer({ name, raw, token, jsonWithoutCharset }: Asked): Promise<Answer> {
    try {
      const method = all[name];
      if (!method) throw new Refusal('unknown_method', { req_method: name });
      authorise(method, token);
      const args = argsOf(raw);
      demandScope({ slack, method });
      const result = await method.run({ slack, args, method, name });
      const warned = jsonWithoutCharset && {
        warning: 'missing_charset',
        response_metadata: { warnings: ['missing_charset'] },
      };
      return { status: 200, body: { ok: true, ...warned, ...result } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'invalid_arguments')
        slack.ledger.violation('invalid-arguments', `${name} was called with invalid arguments`, error.extra);
      return { status: 200, body: { ok: false, error: error.code, ...error.extra } };
    }
  }

  function tooFast(asked: Asked): Answer | undefined {
    const { name, raw } = asked;
    const method = all[name];
    if (!method) return undefined;
    const seconds = slack.limits.refusal(name, method.tier, textOf(raw.channel));
    if (seconds === undefined) return undefined;
    slack.ledger.violation('ratelimited', `${name} was called too often`, { channel: raw.channel });
    return rateLimited(seconds);
  }

  const headersFor = (name: string): Record<string, string> => ({
    'x-oauth-scopes': [...slack.app.scopes].join(','),
    'x-accepted-oauth-scopes': all[name]?.scopes.join(',') ?? '',
    'x-slack-req-id': crypto.randomUUID(),
  });

  async function handle(request: IncomingMessage, response: ServerResponse, name: string) {
    const started = performance.now();
    const arrived = slack.clock.now();
    const body = await bodyOf(request);
    const asked = await askedOf(request, body, name);
    const { token: _, client_secret: __, ...args } = asked.raw;
    const entry = slack.ledger.call({
      kind: 'call',
      method: name,
      args: readable(args),
      applied: false,
      reply: { ok: false, status: 0 },
      ms: 0,
    });
    const channel = slack.workspace.channels.get(textOf(args.channel) ?? '');
    const { wait, fault } = slack.faults.isOut()
      ? { wait: 0, fault: { kind: 'error-before', status: 503 } satisfies CallFault }
      : slack.faults.forCall(name, [textOf(args.channel), channel?.name]);
    if (fault) entry.fault = fault.kind;
    if (wait + options.latencyMs > 0) await sleep(wait + options.latencyMs);

    const given = await struck({
      fault,
      response,
      clock: slack.clock,
      arrived,
      run: () => run(asked, entry),
      limited: rateLimited,
      broken,
      refused: ({ error = 'internal_error' }) => ({ status: 200, body: { ok: false, error } }),
    });
    entry.ms = Math.round((performance.now() - started) * 10) / 10;
    if (!given) return;
    entry.reply = { ok: given.body.ok === true, status: given.status, ...errorOf(given.body) };
    reply(response, given.status, given.body, { ...headersFor(name), ...given.headers });
  }

  async function run(asked: Asked, entry: CallEntry): Promise<Answer> {
    const given = tooFast(asked) ?? (await answer(asked));
    entry.applied = given.body.ok === true;
    entry.reply = { ok: entry.applied, status: given.status, ...errorOf(given.body) };
    note(entry, given.body);
    return given;
  }

  /** Whom a posted message rang, kept where tests look. */
  function note(entry: CallEntry, body: Json) {
    if (!entry.applied || entry.method !== 'chat.postMessage') return;
    const notifies = slack.workspace.channels.get(String(body.channel))?.byTs.get(String(body.ts))?.notifies;
    if (!notifies) return;
    entry.notifies = notifies;
  }

  return { handle };
}

const rateLimited = (seconds: number): Answer => ({
  status: 429,
  body: { ok: false, error: 'ratelimited' },
  headers: { 'retry-after': String(Math.ceil(seconds)) },
});

const broken = ({ status = 503, error = 'service_unavailable' }: CallFault): Answer => ({
  status,
  body: { ok: false, error },
});

/** Forms carry blocks and views as JSON text; the ledger shows what they are. */
function readable(args: Json): Json {
  const opened = Object.entries(args).map(([name, value]) => {
    if (typeof value !== 'string' || !/^[[{]/.test(value)) return [name, value];
    try {
      return [name, JSON.parse(value)];
    } catch {
      return [name, value];
    }
  });
  return Object.fromEntries(opened);
}

function errorOf(body: Json) {
  const error = textOf(body.error);
  return error === undefined ? {} : { error };
}

async function askedOf(request: IncomingMessage, body: Buffer, name: string): Promise<Asked> {
  const type = request.headers['content-type'] ?? '';
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://sandbox').searchParams);
  const fields = await fieldsOf(request, body);
  const raw = { ...query, ...(isObject(fields) ? fields : {}) };
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const jsonWithoutCharset = type.startsWith('application/json') && !type.includes('charset');
  return { name, raw, token: bearer ?? textOf(raw.token), jsonWithoutCharset };
}
