/** /sandbox/faults: rules added and taken away, sockets torn, the whole of Slack or a part of PagerDuty gone. */
import * as z from 'zod';
import type { Slack } from './slack.ts';
import type { Sockets } from './socket.ts';
import type { FaultRule } from './wire.ts';

const Fault = z.object({
  id: z.string().optional(),
  kind: z.enum([
    'latency',
    'ratelimit',
    'error-before',
    'error-after',
    'lost-reply',
    'lost-request',
    'late',
    'hang',
    'api-error',
    'event-duplicate',
    'event-drop',
    'event-reorder',
    'event-late',
    'twin-channels',
  ]),
  method: z.string().optional(),
  type: z.string().optional(),
  ms: z.number().optional(),
  clockMs: z.number().optional(),
  retryAfter: z.number().optional(),
  status: z.number().optional(),
  error: z.string().optional(),
  times: z.number().optional(),
  probability: z.number().optional(),
  channel: z.string().optional(),
});

const Outage = z.object({
  on: z.boolean(),
  of: z.enum(['slack', 'pagerduty.rest', 'pagerduty.events', 'pagerduty.webhooks']).optional(),
});

const nothing = { ok: true };

const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

export function faultRoutes(
  { faults }: Slack,
  sockets: Sockets,
): Record<string, (asked: { body: unknown }) => unknown> {
  return {
    'GET /faults': () => faults.list(),
    'POST /faults': ({ body }) => ({ id: faults.add(present(Fault.parse(body)) as FaultRule) }),
    'POST /faults/remove': ({ body }) => {
      faults.remove(z.object({ id: z.string() }).parse(body).id);
      return nothing;
    },
    'POST /faults/clear': () => {
      faults.clear();
      return nothing;
    },
    'POST /faults/cut-sockets': () => {
      sockets.cut();
      return nothing;
    },
    'POST /faults/half-open-sockets': () => {
      sockets.halfOpen();
      return nothing;
    },
    'POST /faults/refresh-sockets': () => {
      sockets.refresh();
      return nothing;
    },
    'GET /faults/outage': () => ({ on: faults.isOut() }),
    'POST /faults/outage': ({ body }) => {
      const { on, of = 'slack' } = Outage.parse(body);
      faults.setOutage(on, of);
      if (on && of === 'slack') sockets.cut();
      return nothing;
    },
  };
}
