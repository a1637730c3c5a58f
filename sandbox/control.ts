/** /sandbox/…: the strings by which tests, bench, replay and the page move the workspace. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { burst } from './burst.ts';
import { faultRoutes } from './fault-routes.ts';
import { bodyOf, reply } from './http.ts';
import type { Forged } from './openid.ts';
import type { PagerDuty } from './pagerduty/pagerduty.ts';
import { bot, team, toPerson, userObject } from './people.ts';
import { does, looks } from './person-routes.ts';
import { Refusal } from './refusal.ts';
import { shownChannel } from './shown.ts';
import { verifyUrl } from './signed-http.ts';
import type { Slack } from './slack.ts';
import type { Sockets } from './socket.ts';
import { createStreams } from './streams.ts';
import { appToken, type BotStatus, botToken, type PersonInfo } from './wire.ts';

/** The bot as a child process, where main.ts runs one. */
export type Supervisor = {
  status(): BotStatus;
  do(what: 'kill' | 'stop' | 'start' | 'restart'): Promise<BotStatus>;
  onChange(watch: () => void): void;
  /** stops it, lets `between` empty the workspace, deletes its files, starts it again */
  startOver(between: () => void): Promise<void>;
};

type Parts = {
  slack: Slack;
  pagerDuty: PagerDuty;
  sockets: Sockets;
  /** what the next id_token says in place of the truth */
  forge: (forged: Forged) => void;
  supervisor: () => Supervisor | undefined;
  startOver: () => void;
};

type Asked = { body: unknown; query: URLSearchParams };

const Role = z.enum(['admin', 'member', 'multi-channel-guest', 'single-channel-guest', 'stranger', 'deactivated']);
const NewPerson = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  realName: z.string().optional(),
  email: z.string().optional(),
  timeZone: z.string().optional(),
  role: Role.optional(),
});
const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const nothing = { ok: true };

function saidOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}

const noBot: BotStatus = { state: 'absent', restarts: 0 };

export const botStatus = ({ deliver }: Slack, supervisor: Supervisor | undefined): BotStatus => ({
  ...(supervisor?.status() ?? noBot),
  connected: deliver.connected(),
});

export function createControl({ slack, pagerDuty, sockets, forge, supervisor, startOver }: Parts) {
  const { workspace, clock, ledger, deliver, app } = slack;
  const streams = createStreams(slack);

  const channelNamed = (given: string) =>
    workspace.channels.get(given) ?? workspace.channelsNamed(given.replace(/^#/, ''))[0];

  function needChannel(given: string) {
    const channel = channelNamed(given);
    if (!channel) throw new Error(`no channel ${given}`);
    return channel;
  }

  function messages({ query }: Asked) {
    const channel = needChannel(query.get('channel') ?? '');
    const thread = query.get('thread');
    const withDeleted = query.get('deleted') === 'true';
    return channel.messages.filter(
      (message) =>
        (withDeleted || !message.deleted) && (!thread || message.ts === thread || message.thread_ts === thread),
    );
  }

  function addPerson({ body }: Asked) {
    const info = NewPerson.parse(body);
    if (workspace.personNamed(info.name)) throw new Error(`there is a ${info.name} already`);
    const person = workspace.addPerson(toPerson({ name: info.name, ...present(info) }));
    slack.emit({ type: 'team_join', user: userObject(person, clock.now(), { email: true, sharesChannel: false }) });
    const isFull = person.role === 'member' || person.role === 'admin';
    if (isFull) needChannel('general').members.add(person.id);
    if (isFull) needChannel('incidents').members.add(person.id);
    return person;
  }

  async function changeApp({ body }: Asked) {
    const set = z
      .object({
        requestUrl: z.string().nullable().optional(),
        signingSecret: z.string().min(1).optional(),
        scopes: z.array(z.string()).optional(),
      })
      .parse(body);
    if (set.signingSecret !== undefined) app.signingSecret = set.signingSecret;
    if (set.scopes) app.scopes = new Set(set.scopes);
    if (set.requestUrl === undefined) return nothing;
    if (set.requestUrl === null) {
      app.requestUrl = undefined;
      return nothing;
    }
    const trouble = await verifyUrl({ ...app, requestUrl: set.requestUrl });
    if (trouble) throw new Error(trouble);
    app.requestUrl = set.requestUrl;
    return nothing;
  }

  function turnClock({ body }: Asked) {
    const change = z
      .object({ forward: z.number().optional(), set: z.number().optional(), running: z.boolean().optional() })
      .parse(body);
    return clock.change(present(change));
  }

  async function startAgain() {
    const running = supervisor();
    if (running) await running.startOver(startOver);
    else startOver();
    return nothing;
  }

  const info = () => ({
    team,
    bot,
    url: slack.url(),
    botToken,
    appToken,
    signingSecret: app.signingSecret,
    connected: deliver.connected(),
    sockets: sockets.count(),
  });

  const routes: Record<string, (asked: Asked) => unknown> = {
    'GET ': info,
    'GET /app': () => ({ ...info(), scopes: [...app.scopes], requestUrl: app.requestUrl ?? null }),
    'POST /app': changeApp,
    'POST /id-token': ({ body }) => {
      const forged = z.object({
        claims: z.record(z.string(), z.unknown()).optional(),
        alg: z.enum(['RS256', 'HS256', 'none']).optional(),
        key: z.literal('other').optional(),
      });
      forge(present(forged.parse(body)));
      return nothing;
    },
    'GET /people': () => [...workspace.people.values()],
    'POST /people': addPerson,
    'POST /usergroups': ({ body }) => {
      const group = z.object({ handle: z.string(), name: z.string(), members: z.array(z.string()) }).parse(body);
      const users = group.members.map((name) => workspace.personNamed(name)?.id ?? name);
      const id = workspace.nextId('S');
      workspace.usergroups.set(id, { id, handle: group.handle, name: group.name, users });
      workspace.changed({ kind: 'people' });
      return { id };
    },
    'GET /channels': ({ query }) => {
      const named = query.get('named');
      const channels = named === null ? [...workspace.channels.values()] : [channelNamed(named)];
      return channels.flatMap((channel) => (channel ? [shownChannel(slack, channel)] : []));
    },
    'GET /messages': messages,
    'GET /ledger': ({ query }) => {
      const last = query.get('last');
      return ledger.since(Number(query.get('since') ?? 0), last === null ? undefined : Number(last));
    },
    'GET /violations': () => ledger.violations(),
    'GET /deliveries': () => ({ pending: deliver.pending() + pagerDuty.pending() }),
    'POST /redeliver': async ({ body }) => {
      const { ack: _, ...result } = await deliver.redeliver(z.object({ key: z.string() }).parse(body).key);
      return result;
    },
    'POST /burst': ({ body }) => {
      const asked = z
        .object({
          count: z.number().int().positive(),
          channel: z.string(),
          perSecond: z.number().positive().optional(),
          inFlight: z.number().int().positive().optional(),
        })
        .parse(body);
      return burst(slack, needChannel(asked.channel), { count: asked.count, ...present(asked) });
    },
    'GET /clock': () => clock.state(),
    'POST /clock': turnClock,
    'POST /clock/due': ({ body }) => {
      clock.setDue(z.object({ runAt: z.number().nullable() }).parse(body).runAt);
      return nothing;
    },
    ...faultRoutes(slack, sockets),
    'POST /start-over': startAgain,
    'GET /bot': () => botStatus(slack, supervisor()),
    'POST /bot': ({ body }) => {
      const asked = z.object({ do: z.enum(['kill', 'stop', 'start', 'restart']) }).parse(body);
      const running = supervisor();
      if (!running) throw new Error('no bot is run from here');
      return running.do(asked.do).then((status) => ({ ...status, connected: deliver.connected() }));
    },
  };

  function personPath(path: string): { person: PersonInfo; verb: string } | undefined {
    const [, name, verb] = /^\/people\/([^/]+)\/([a-z-]+)$/.exec(path) ?? [];
    if (!name || !verb) return undefined;
    const person = workspace.personNamed(decodeURIComponent(name));
    if (!person) throw new Error(`there is no ${decodeURIComponent(name)}`);
    return { person, verb };
  }

  function changePerson(person: PersonInfo, body: unknown) {
    const change = NewPerson.omit({ name: true }).parse(body);
    const { email, realName, timeZone } = person;
    const next = toPerson({ name: person.name, email, realName, timeZone, role: person.role, ...present(change) });
    workspace.addPerson(next);
    slack.emit({ type: 'user_change', user: userObject(next, clock.now(), { email: true, sharesChannel: false }) });
    return next;
  }

  function act(path: string, method: string, { body, query }: Asked): unknown {
    const found = personPath(path);
    if (!found) return undefined;
    const { person, verb } = found;
    if (verb === 'change') return changePerson(person, body);
    if (method === 'GET') return looks[verb]?.({ slack, person, query });
    if (person.role === 'deactivated') throw new Error(`${person.name} is deactivated`);
    const result = does[verb]?.({ slack, person, body });
    return result instanceof Promise ? result.then((value) => value ?? nothing) : (result ?? (does[verb] && nothing));
  }

  function take(method: string, path: string, asked: Asked): unknown {
    if (/^\/pagerduty(\/|$)/.test(path)) return pagerDuty.control(method, path.slice('/pagerduty'.length), asked);
    const route = routes[`${method} ${path}`];
    return route ? route(asked) : act(path, method, asked);
  }

  return {
    async handle(request: IncomingMessage, response: ServerResponse, url: URL) {
      const path = url.pathname.replace(/^\/sandbox/, '').replace(/\/$/, '');
      const method = request.method ?? 'GET';
      if (path === '/clock/stream') return streams.clock(response);
      try {
        const text = (await bodyOf(request)).toString();
        const asked = { body: text === '' ? {} : JSON.parse(text), query: url.searchParams };
        const result = await take(method, path, asked);
        if (result === undefined) reply(response, 404, { error: `nothing at ${method} ${url.pathname}` });
        else reply(response, 200, result);
      } catch (error) {
        // Whoever drives the sandbox asked for something impossible; the sentence is the answer.
        reply(response, 400, { error: saidOf(error) });
      }
    },
    stop: streams.stop,
  };
}
