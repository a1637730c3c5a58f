/** A Slack of one workspace, on loopback: `createSandbox` starts it, `await using` ends it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createApi } from './api.ts';
import { createClock } from './clock.ts';
import { createControl, type Supervisor } from './control.ts';
import { createDeliver } from './deliver.ts';
import { createEmit } from './emit.ts';
import { createEphemerals } from './ephemerals.ts';
import { createFaults } from './faults.ts';
import { bodyOf, hangUp, reply } from './http.ts';
import { createLedger } from './ledger.ts';
import { createLimits } from './limits.ts';
import { readManifest } from './manifest.ts';
import { createOpenId } from './openid.ts';
import { createPageFiles } from './page.ts';
import { createPageStream } from './page-stream.ts';
import { createPagerDuty } from './pagerduty/pagerduty.ts';
import { pagerDutySecret, pagerDutyToken, routingKeys } from './pagerduty/wire.ts';
import { persist } from './persist.ts';
import { seeded } from './random.ts';
import { handleResponseUrl } from './replies.ts';
import { createResponseUrls } from './response-url.ts';
import type { Slack } from './slack.ts';
import { createSockets } from './socket.ts';
import { createViews } from './views.ts';
import { appToken, botToken, clientId, clientSecret, defaultSigningSecret } from './wire.ts';
import { createWorkspace } from './workspace.ts';

export type SandboxOptions = {
  /** 0 takes a free one */
  port?: number;
  /** where the workspace is kept; memory only without */
  dataDir?: string;
  limits?: 'real' | 'off';
  /** as Slack has it for apps that are sold outside its marketplace: one page of 15 messages a minute */
  slowHistory?: boolean;
  seed?: number;
  /** real milliseconds every call takes longer, to Slack and to PagerDuty */
  latencyMs?: number;
  /** where PagerDuty sends its webhooks to; none are sent without */
  pagerDutyWebhookUrl?: string;
  /** with a start the clock begins there and runs on, unless it is told to stand */
  clock?: 'real' | { start: Date; running?: boolean };
  manifest?: string;
  scopes?: string[];
  /** where the page was built to */
  page?: string;
};

export type Sandbox = AsyncDisposable & {
  url: string;
  port: number;
  /** for the bot's SLACK_API_URL */
  apiUrl: string;
  /** for the bot's TOCSIN_CLOCK_URL */
  clockUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  /** for the bot's SLACK_CLIENT_ID and SLACK_CLIENT_SECRET */
  clientId: string;
  clientSecret: string;
  pagerDuty: PagerDutyAccess;
  supervise(supervisor: Supervisor): void;
};

/** For the bot's PAGERDUTY_… variables. */
export type PagerDutyAccess = {
  token: string;
  /** the e-mail of a user */
  from: string;
  routingKey: string;
  apiUrl: string;
  eventsUrl: string;
  webhookSecret: string;
};

/** A gigabyte on Slack; here an upload is held in memory. */
const largestUpload = 64 * 1024 * 1024;

const welcome = (url: string) => `A Slack-like workspace runs here, for trying out and testing the bot.

Web API           ${url}/api/<method>            bot token ${botToken}, app token ${appToken}
Drive people      POST ${url}/sandbox/people/ana/command   {"text": "/incident", "channel": "incidents"}
What ana sees     GET  ${url}/sandbox/people/ana/sees?channel=incidents
Wind the clock    POST ${url}/sandbox/clock      {"forward": 60000}
PagerDuty         ${url}/pagerduty/api and ${url}/pagerduty/events   drive its people: POST ${url}/sandbox/pagerduty/people/ana
Break things      POST ${url}/sandbox/faults     {"kind": "lost-reply", "method": "chat.postMessage", "times": 1}
What happened     GET  ${url}/sandbox/ledger     and /sandbox/violations

sandbox/client.ts is the typed way to do all of this. The page in the browser is not built yet: npm run build
`;

export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  let url = '';
  let supervisor: Supervisor | undefined;
  const random = seeded(options.seed ?? 1);
  const clock = createClock(typeof options.clock === 'object' ? options.clock : {});
  const app = readManifest(options.manifest ?? join(process.cwd(), 'manifest.yml'), defaultSigningSecret);
  if (options.scopes) app.scopes = new Set(options.scopes);
  const ledger = createLedger(clock.now);
  const faults = createFaults(random);
  const sockets = createSockets({
    random,
    onConnections: () => stream.botChanged(),
    onLateAck: (kind, ms) => ledger.violation('late-ack', `${kind} was acknowledged after ${ms} ms`, { ms }),
  });
  const workspace = createWorkspace(clock.now);
  const deliver = createDeliver({ app, sockets, clock, faults, ledger });
  const openId = createOpenId(() => slack);
  const slack: Slack = {
    url: () => url,
    app,
    workspace,
    clock,
    ledger,
    faults,
    deliver,
    limits: createLimits(clock.now, options.limits !== 'off', options.slowHistory),
    emit: createEmit({ app, workspace, deliver, now: clock.now }),
    views: createViews({ workspace, clock, ledger }),
    responseUrls: createResponseUrls({ workspace, clock, url: () => url }),
    ephemerals: createEphemerals(),
  };

  const pagerDuty = createPagerDuty({
    clock,
    ledger,
    faults,
    latencyMs: options.latencyMs ?? 0,
    limits: options.limits !== 'off',
    url: () => url,
    webhookUrl: options.pagerDutyWebhookUrl,
  });

  /** Everything but the app's own settings is as on the first day. */
  function startOver() {
    clock.startOver();
    for (const part of [
      openId,
      faults,
      ledger,
      deliver,
      slack.views,
      slack.responseUrls,
      slack.ephemerals,
      slack.limits,
      pagerDuty,
    ])
      part.clear();
    workspace.startOver();
  }

  const kept = options.dataDir ? persist(slack, pagerDuty, options.dataDir) : undefined;
  const api = createApi(slack, {
    latencyMs: options.latencyMs ?? 0,
    more: openId.methods,
    newSocketUrl: () => `${url.replace('http', 'ws')}/link?ticket=${sockets.ticket()}`,
  });
  const control = createControl({
    slack,
    pagerDuty,
    sockets,
    forge: openId.forge,
    supervisor: () => supervisor,
    startOver,
  });
  const stream = createPageStream(slack, () => supervisor);
  const page = createPageFiles(options.page ?? join(process.cwd(), 'dist', 'page'));

  async function takeUpload(request: IncomingMessage, response: ServerResponse, id: string) {
    const file = workspace.files.get(id);
    if (!file) return reply(response, 404, 'no such upload');
    const body = await bodyOf(request, largestUpload);
    const bytes = await uploadedBytes(request, body);
    Object.assign(file, { bytes: bytes.toString('base64'), size: bytes.length });
    workspace.changed({ kind: 'files' });
    return reply(response, 200, `OK - ${bytes.length}`);
  }

  /** Private addresses of files open to the token, and to the page beside it; others are shown the way in, as by Slack. */
  function giveFile({ headers }: IncomingMessage, response: ServerResponse, id: string) {
    const file = workspace.files.get(id);
    if (!file) return reply(response, 404, 'no such file');
    const isApp = headers.authorization === `Bearer ${botToken}` && app.scopes.has('files:read');
    if (!isApp && headers['sec-fetch-site'] !== 'same-origin') return response.writeHead(302, { location: '/' }).end();
    const bytes = Buffer.from(file.bytes, 'base64');
    response.writeHead(200, {
      'content-type': file.mimetype,
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    });
    return response.end(bytes);
  }

  /** Only this machine may speak here: no other name for it (DNS rebinding), no page of another origin. */
  function isOurs({ headers }: IncomingMessage): boolean {
    const { port } = new URL(url);
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
    if (!hosts.includes(headers.host ?? '')) return false;
    return headers.origin === undefined || hosts.some((host) => headers.origin === `http://${host}`);
  }

  async function route(request: IncomingMessage, response: ServerResponse) {
    if (!isOurs(request)) return reply(response, 403, { ok: false, error: 'only this machine may ask' });
    const asked = new URL(request.url ?? '/', url);
    const [, top = '', second = ''] = asked.pathname.split('/');
    if (asked.pathname === '/api/openid.connect.userInfo') return openId.userInfo(request, response);
    if (top === 'openid') return openId.handle(response, asked);
    if (top === 'api') return api.handle(request, response, second);
    if (top === 'pagerduty' && (await pagerDuty.handle(request, response, asked))) return undefined;
    if (top === 'sandbox') return control.handle(request, response, asked);
    if (top === 'commands' || top === 'actions' || top === 'app') return handleResponseUrl(slack, request, response);
    if (top === 'upload') return takeUpload(request, response, asked.pathname.split('/')[3] ?? '');
    if (top === 'files-pri') return giveFile(request, response, second);
    // A permalink opens the page where the message is.
    if (top === 'archives') return response.writeHead(302, { location: `/#${asked.pathname}${asked.search}` }).end();
    if (page.give(request, response, asked.pathname)) return undefined;
    if (asked.pathname === '/') return reply(response, 200, welcome(url));
    return reply(response, 404, 'nothing here');
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      console.error('the sandbox itself failed', error);
      if (!response.headersSent) reply(response, 500, { ok: false, error: 'fatal_error', detail: String(error) });
      else hangUp(response);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.on('upgrade', (request, wire, head) => {
    if (!isOurs(request)) return wire.destroy();
    if (stream.upgrade(request, wire, head)) return undefined;
    return faults.isOut() ? wire.destroy() : sockets.upgrade(request, wire, head);
  });
  const port = await listen(server, options.port ?? 0);
  url = `http://127.0.0.1:${port}`;

  return {
    url,
    port,
    apiUrl: `${url}/api/`,
    clockUrl: `${url}/sandbox/clock`,
    botToken,
    appToken,
    signingSecret: app.signingSecret,
    clientId,
    clientSecret,
    pagerDuty: {
      token: pagerDutyToken,
      from: 'ana@sandbox.example',
      routingKey: routingKeys.checkout,
      apiUrl: `${url}/pagerduty/api`,
      eventsUrl: `${url}/pagerduty/events`,
      webhookSecret: pagerDutySecret,
    },
    supervise(bot) {
      supervisor = bot;
      bot.onChange(stream.botChanged);
    },
    async [Symbol.asyncDispose]() {
      control.stop();
      stream.stop();
      sockets.stop();
      deliver.stop();
      pagerDuty.stop();
      clock.stop();
      kept?.saveNow();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

async function uploadedBytes(request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const file = [...form.values()].find((value) => typeof value !== 'string');
  return file ? Buffer.from(await file.arrayBuffer()) : body;
}
