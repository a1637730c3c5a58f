import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { CannotStart } from '../cannot-start.ts';
import type { Log } from '../log.ts';
import type { Metrics } from './metrics.ts';
import type { PageRoutes } from './pages.ts';
import type { WebhookRoutes } from './webhooks.ts';

export interface WebParts {
  host: string;
  port: number;
  health: Hono;
  metrics: Metrics;
  /** Slack's signed requests; absent in Socket Mode. */
  slack: Hono | undefined;
  /** What other services send; mounted at `/webhooks`. */
  webhooks?: WebhookRoutes[];
  /** What people read in the browser. */
  site?: PageRoutes;
  log?: Log;
}

/** How long a request may take to come in, so that a slow one holds nothing for long. Real milliseconds. */
const requestTimeout = 10_000;
/** How long stopping waits for answers on their way. */
const closingTime = 3_000;

/** The bot's one HTTP server. Resolves when it listens; a port that is taken is said in a sentence. */
export async function startServer({ host, port, health, metrics, slack, webhooks = [], site, log }: WebParts) {
  const routes = new Hono();
  routes.onError((err, c) => {
    log?.error({ err, path: c.req.path }, 'a request failed');
    return c.text('Something went wrong here; the log says what.', 500);
  });
  routes.route('/', health);
  routes.get('/metrics', async (c) => c.text(await metrics.text(), 200, { 'content-type': metrics.contentType }));
  if (slack) routes.route('/slack', slack);
  for (const one of webhooks) routes.route('/webhooks', one);
  // An app of its own, after the others: what it asks of a request is asked of no other.
  if (site) routes.all('*', (c) => site.fetch(c.req.raw, c.env));

  const listening = Promise.withResolvers<number>();
  const serverOptions = { requestTimeout, headersTimeout: requestTimeout };
  const server = serve({ fetch: routes.fetch, hostname: host, port, serverOptions }, (info) =>
    listening.resolve(info.port),
  );
  server.once('error', (error: NodeJS.ErrnoException) => listening.reject(new CannotStart(whyNot(error, host, port))));
  return {
    port: await listening.promise,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if (!('closeIdleConnections' in server)) return;
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), closingTime).unref();
      }),
  };
}

function whyNot({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken. Stop what uses it, or set PORT to another one.`;
  if (code === 'EACCES') return `Port ${port} is for programs of root. Set PORT to one above 1023.`;
  return `Cannot listen on ${host}, port ${port}: ${message}. Look at HOST and PORT.`;
}
