import { describe, expect, it } from '@jest/globals';
import { matches, rowOf, violationRow } from '../../../sandbox/ui/world/entry.ts';
import { askFrom, emptyTail, mostKept, withFresh } from '../../../sandbox/ui/world/tail.ts';
import { strengthOf, weathers } from '../../../sandbox/ui/world/weather.ts';
import type { CallEntry, DeliveryEntry } from '../../../sandbox/wire.ts';

const delivery = (seq: number, more: Partial<DeliveryEntry> = {}): DeliveryEntry => ({
  seq,
  at: seq * 1000,
  kind: 'delivery',
  key: `k${seq}`,
  type: 'message',
  payload: {},
  attempts: 1,
  outcome: 'acked',
  ackMs: 5,
  ...more,
});
const call = (seq: number, more: Partial<CallEntry> = {}): CallEntry => ({
  seq,
  at: seq * 1000,
  kind: 'call',
  method: 'chat.postMessage',
  args: { text: 'Hello' },
  applied: true,
  reply: { ok: true, status: 200 },
  ms: 12,
  ...more,
});

describe('what passed, in a line', () => {
  it('names a command by its words, a press by its button, a form by its name', () => {
    const titles = [
      delivery(1, { type: 'slash_command', payload: { command: '/incident', text: 'update we know' } }),
      delivery(2, { type: 'block_actions', payload: { actions: [{ action_id: 'open-update' }] } }),
      delivery(3, { type: 'view_submission', payload: { view: { callback_id: 'declare' } } }),
      delivery(4, { subtype: 'channel_join' }),
    ].map((entry) => rowOf(entry).title);
    expect(titles).toEqual([
      '/incident update we know',
      'block_actions open-update',
      'view_submission declare',
      'message (channel_join)',
    ]);
  });

  it('is red where Slack would have given up on the bot', () => {
    const tones = [
      delivery(1),
      delivery(2, { ackMs: 3100 }),
      delivery(3, { outcome: 'timeout' }),
      delivery(4, { outcome: 'pending' }),
      call(5, { reply: { ok: false, error: 'ratelimited', status: 429 } }),
      call(6, { reply: { ok: false, error: 'channel_not_found', status: 200 } }),
    ].map((entry) => rowOf(entry).tone);
    expect(tones).toEqual(['good', 'bad', 'bad', 'waiting', 'slow', 'bad']);
  });

  it('is found by its kind, its trouble, and any word of it', () => {
    const rows = [
      rowOf(delivery(1)),
      rowOf(call(2)),
      rowOf(call(3, { fault: 'lost-reply' })),
      violationRow({ at: 1, kind: 'late-ack', what: 'too late', detail: {} }, 0),
    ];
    const found = (kind: 'all' | 'call' | 'trouble' | 'violation', words = '') =>
      rows.filter((row) => matches(row, { kind, words })).map(({ id }) => id);
    expect(found('all')).toEqual(['e1', 'e2', 'e3', 'v0']);
    expect(found('call')).toEqual(['e2', 'e3']);
    expect(found('trouble')).toEqual(['e3', 'v0']);
    expect(found('violation')).toEqual(['v0']);
    expect(found('all', 'HELLO')).toEqual(['e2', 'e3']);
  });
});

describe('the tail of the ledger', () => {
  it('asks again for a delivery that waits, and shows what became of it', () => {
    const waiting = withFresh(emptyTail, [call(1), delivery(2, { outcome: 'pending' }), call(3)]);
    expect(askFrom(waiting)).toBe(1);
    const settled = withFresh(waiting, [delivery(2), call(3), call(4)]);
    expect(settled.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(settled.entries[1]).toMatchObject({ outcome: 'acked' });
    expect(askFrom(settled)).toBe(4);
  });

  it('keeps no more than a person scrolls through', () => {
    const many = Array.from({ length: mostKept + 50 }, (_, index) => call(index + 1));
    const { entries, newest } = withFresh(emptyTail, many);
    expect([entries.length, entries[0]?.seq, newest]).toEqual([mostKept, 51, mostKept + 50]);
  });

  it('begins anew with a sandbox that did', () => {
    const before = withFresh(emptyTail, [call(70)]);
    expect(withFresh(before, [call(1), call(2)])).toMatchObject({ newest: 2, entries: [{ seq: 1 }, { seq: 2 }] });
  });
});

it('knows which weather is on by its rule, however much of it is used up', () => {
  const [latency, limits] = weathers;
  if (!latency || !limits) throw new Error('there is weather');
  expect(strengthOf(latency, { id: latency.id, kind: 'latency', ms: 2000 })).toBe(1);
  expect(strengthOf(limits, { kind: 'ratelimit', retryAfter: 3, probability: 0.8 })).toBe(1);
  expect(strengthOf(latency, undefined)).toBe(-1);
});
