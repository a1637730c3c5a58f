import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Taken } from '../inbox.ts';
import type { Log } from '../log.ts';
import { type Arrival, identify, rateNotice } from './deliveries.ts';
import { signatureProblem } from './signature.ts';

export interface HttpParts {
  secret: string;
  receive: (arrival: Arrival) => Promise<Taken>;
  /** Slack says that it held back events since then. */
  limited?: (since: Date) => void;
  log: Log;
}

/** Slack's largest payloads are views of 250 KB. */
const largest = 1024 * 1024;
/** The inbox acknowledges in time; this is for what it does not keep, such as the options of a select. Real milliseconds. */
const patience = 2_800;

/** Slack's deliveries over signed HTTP, mounted at `/slack/events`. */
export function createHttpReceiver({ secret, receive, limited, log }: HttpParts): Hono {
  const routes = new Hono();
  routes.post('/events', bodyLimit({ maxSize: largest, onError: (c) => c.text('too large', 413) }), async (c) => {
    const raw = Buffer.from(await c.req.arrayBuffer());
    const given = {
      signature: c.req.header('x-slack-signature'),
      timestamp: c.req.header('x-slack-request-timestamp'),
    };
    const problem = signatureProblem(secret, raw, given, Date.now());
    if (problem) {
      log.warn({ problem }, 'a request to /slack/events was not signed by Slack');
      return c.text('not signed by Slack', 401);
    }
    const body = parse(raw.toString('utf8'), (c.req.header('content-type') ?? '').toLowerCase());
    if (body === undefined) return c.text('neither JSON nor a form', 400);
    return answer(c, body);
  });

  async function answer(c: Context, body: Record<string, unknown>): Promise<Response> {
    // https://docs.slack.dev/reference/events/url_verification
    if (body.type === 'url_verification') return c.text(String(body.challenge));
    if (body.ssl_check !== undefined && body.command === undefined) return c.body(null, 200);
    const known = identify(body);
    if (!known) {
      const since = rateNotice(body);
      if (since) {
        log.warn('Slack holds back events: more than 30,000 came in an hour');
        limited?.(since);
      } else log.warn({ type: body.type }, 'a delivery of an unknown kind');
      // Slack signed it, so it is welcome: too many refusals and Slack stops sending altogether.
      return c.body(null, 200);
    }
    const acked = Promise.withResolvers<unknown>();
    let isAcked = false;
    const ack = async (payload: unknown) => {
      isAcked = true;
      acked.resolve(payload);
    };
    const taken = await receive({ ...known, body, ack });
    // Slack sends an event again when it is refused like this, and shows an error for the rest.
    if (taken === 'failed' && !isAcked) return c.text('could not be stored', 503);
    const payload = await Promise.race([
      acked.promise,
      new Promise((resolve) => setTimeout(resolve, patience).unref()),
    ]);
    return payload === undefined ? c.body(null, 200) : c.json(payload as object);
  }

  return routes;
}

/** Events come as JSON, the rest as a form whose `payload` is JSON, or (commands) as plain fields. */
function parse(text: string, contentType: string): Record<string, unknown> | undefined {
  try {
    if (contentType.startsWith('application/json')) return object(JSON.parse(text));
    if (!contentType.startsWith('application/x-www-form-urlencoded')) return undefined;
    const fields = new URLSearchParams(text);
    const payload = fields.get('payload');
    return payload === null ? Object.fromEntries(fields) : object(JSON.parse(payload));
  } catch {
    return undefined;
  }
}

const object = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
