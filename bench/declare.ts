import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEntry, LedgerEntry } from '../sandbox/wire.ts';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openForm, submit } from './support/declare.ts';
import { type Figure, spread } from './support/figures.ts';
import { openStand } from './support/stand.ts';

const declares = 50;
/** Opening the form and editing the confirmation are not counted. */
const uncounted = new Set(['views.open', 'response_url', 'ack', 'apps.connections.open']);

interface Declared {
  exists: number;
  usable: number;
  calls: number;
  depth: number;
}

/** With 100 ms for each call to Slack: how soon people can work, and with how many calls. */
export async function declare(copy: Copy): Promise<Figure[]> {
  await using stand = await openStand(copy, 100);
  const ana = stand.slack.as('ana');
  const all: Declared[] = [];
  for (let count = 0; count <= declares; count++) {
    const view = await openForm(ana);
    const since = (await stand.slack.ledger()).at(-1)?.seq ?? 0;
    await submit(ana, view);
    await sleep(1_000);
    // The first one also asks who ana is and where to announce; that is remembered.
    if (count > 0) all.push(readDeclare(await stand.slack.ledger({ since })));
  }
  const figure = (what: string, atLeast: string, measured: string): Figure => ({
    what,
    atLeast,
    measured,
    n: all.length,
  });
  const calls = Math.max(...all.map((one) => one.calls));
  const depth = Math.max(...all.map((one) => one.depth));
  return [
    figure('with 100 ms per call: channel exists', '≤ 130 ms', spread(all.map((one) => one.exists))),
    figure('declarer in, topic set, headline posted', '≤ 250 ms', spread(all.map((one) => one.usable))),
    figure('calls of one declare; depth until usable', 'at most 7; 2', `${calls}; ${depth}`),
  ];
}

function readDeclare(entries: LedgerEntry[]): Declared {
  const submitted = entries.find((entry) => entry.kind === 'delivery' && entry.type === 'view_submission');
  const calls = entries.filter((entry): entry is CallEntry => entry.kind === 'call' && !uncounted.has(entry.method));
  const done = (method: string) => {
    const call = calls.find((one) => one.method === method);
    if (!call || !submitted) throw new Error(`no ${method} came of the declare`);
    return { began: call.at - submitted.at, after: call.at + call.ms - submitted.at };
  };
  const created = done('conversations.create');
  const rest = ['conversations.invite', 'conversations.setTopic', 'chat.postMessage'].map(done);
  const usable = Math.max(...rest.map(({ after }) => after));
  return { exists: created.after, usable, calls: calls.length, depth: depthOf([created, ...rest]) };
}

/** How many calls had to wait for one another. */
function depthOf(calls: { began: number; after: number }[]): number {
  let depth = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { began, after } of calls.toSorted((a, b) => a.began - b.began)) {
    if (began < end) continue;
    depth += 1;
    end = after;
  }
  return depth;
}
