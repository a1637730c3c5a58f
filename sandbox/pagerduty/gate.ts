/** Every request to PagerDuty: what the night has in store for it, and the line it leaves in the ledger. */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import { reply } from '../http.ts';
import type { Json } from '../json.ts';
import type { Ledger } from '../ledger.ts';
import { struck } from '../struck.ts';
import type { CallEntry, CallFault, OutageOf } from '../wire.ts';

export type Answer = { status: number; body: Json; headers?: Record<string, string> };

export type Parts = { clock: Clock; faults: Faults; ledger: Ledger; latencyMs: number };

/** One of the two APIs, and how it says that it cannot. */
export type Side = {
  of: Extract<OutageOf, 'pagerduty.rest' | 'pagerduty.events'>;
  limited(seconds: number): Answer;
  broken(fault: CallFault): Answer;
  refused(fault: CallFault): Answer;
  /** the words of an error, for the ledger */
  errorIn(body: Json): string | undefined;
};

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const outage = { kind: 'error-before', status: 503 } satisfies CallFault;

export type Asked = { method: string; args: Json; response: ServerResponse };

export async function throughGate(
  { clock, faults, ledger, latencyMs }: Parts,
  side: Side,
  { method, args, response }: Asked,
  run: () => Answer,
): Promise<void> {
  const began = performance.now();
  const arrived = clock.now();
  const entry = ledger.call({ kind: 'call', method, args, applied: false, reply: { ok: false, status: 0 }, ms: 0 });
  const { wait, fault } = faults.isOut(side.of) ? { wait: 0, fault: outage } : faults.forCall(method, []);
  if (fault) entry.fault = fault.kind;
  if (wait + latencyMs > 0) await sleep(wait + latencyMs);

  const given = await struck({
    fault,
    response,
    clock,
    arrived,
    run: async () => {
      const answer = run();
      entry.applied = answer.status < 300;
      entry.reply = replyOf(side, answer);
      return answer;
    },
    limited: side.limited,
    broken: side.broken,
    refused: side.refused,
  });
  entry.ms = Math.round((performance.now() - began) * 10) / 10;
  if (!given) return;
  entry.reply = replyOf(side, given);
  reply(response, given.status, given.body, given.headers);
}

function replyOf(side: Side, { status, body }: Answer): CallEntry['reply'] {
  const error = status < 300 ? undefined : side.errorIn(body);
  return { ok: status < 300, status, ...(error !== undefined && { error }) };
}
