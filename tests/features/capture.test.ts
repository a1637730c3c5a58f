import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { compare, threadsToRead } from '../../src/features/capture/compare.ts';
import { afterPage, afterReplies, left, tsOf, withWish } from '../../src/features/capture/reading.ts';
import { endOf } from '../../src/features/capture/retention.ts';
import { placeIn } from '../../src/features/capture/slack.ts';
import { channelTold, readTold } from '../../src/features/capture/told.ts';
import { Impossible } from '../../src/outbox/failures.ts';
import { createFiles } from '../../src/slack/files.ts';
import { SlackMessage, toMessage } from '../../src/slack/said.ts';
import { withoutWords } from '../../src/slack/without-words.ts';
import { pinned } from '../../src/store/marks.ts';
import { anIncident, at } from '../support/given.ts';

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing is being read');
  return value;
}

const ts = (number: number) => `177220000${number}.000100`;
const message = (number: number, fields: object = {}) =>
  SlackMessage.parse({ ts: ts(number), user: 'U0ANA', text: `message ${number}`, ...fields });
const event = (fields: object) => ({ type: 'message', channel: 'C7', ts: ts(1), event_ts: ts(9), ...fields });

describe('what Slack tells', () => {
  it('is read whatever is odd about it', () => {
    const odd = {
      user: 7,
      text: null,
      files: [null, { id: 'F1' }, 'no'],
      reactions: 'none',
      edited: 'yes',
      thread_ts: 9,
    };
    expect(readTold(event(odd), 'inc_7')).toMatchObject({
      what: 'said',
      message: { author: '', text: '', files: [{ id: 'F1', name: 'file', link: '' }] },
    });
  });

  it.each([
    ['channel_join', 'joined'],
    ['group_leave', 'left'],
    ['channel_topic', 'other'],
    ['file_share', 'said'],
    ['thread_broadcast', 'said'],
    ['bot_message', 'said'],
  ])('of the subtype %s is %s', (subtype, kind) => {
    expect(readTold(event({ subtype, user: 'U0ANA', text: 'x' }), 'inc_7')).toMatchObject({ message: { kind } });
  });

  it('in blocks and attachments only is kept in words', () => {
    const attachments = [
      { title: 'Alert', text: 'Latency > 2 s', fallback: 'Alert', fields: [{ title: 'host', value: 'a' }] },
    ];
    expect(toMessage(message(1, { text: '', attachments }), 'C7', 'inc_7').text).toBe('Alert\nLatency > 2 s\nhost');
  });

  it('about a parent that was deleted above its thread is that it is gone', () => {
    const tomb = { ts: ts(1), subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.' };
    const told = readTold(event({ subtype: 'message_changed', message: tomb, previous_message: message(1) }), 'inc_7');
    expect(told).toMatchObject({ what: 'deleted', message: { ts: ts(1), author: 'U0ANA' } });
  });

  it('for its own clients is nothing', () => {
    expect(readTold(event({ subtype: 'message_replied', message: {} }), 'inc_7')).toBeUndefined();
    expect(channelTold({ type: 'reaction_added', item: { type: 'file', file: 'F1' } })).toBeUndefined();
    expect(channelTold({ type: 'pin_added', channel_id: 'C7' })).toBe('C7');
    expect(channelTold(undefined)).toBeUndefined();
  });

  it('is stored in the inbox without what was said', () => {
    const body = {
      event_id: 'Ev1',
      event: event({ text: 'secret', blocks: ['secret'], message: { ts: ts(1), text: 'secret' } }),
    };
    expect(withoutWords(body)).toEqual({
      event_id: 'Ev1',
      event: { type: 'message', channel: 'C7', ts: ts(1), event_ts: ts(9), message: { ts: ts(1) } },
    });
    const pin = { event: { type: 'pin_added', item: { type: 'message', message: { ts: ts(1), text: 'secret' } } } };
    expect(JSON.stringify(withoutWords(pin))).not.toContain('secret');
  });
});

describe('a page of the history against the record', () => {
  const where = { channel: 'C7', incident: 'inc_7', now: at('10:00') };

  it('shows what is new, edited, and gone', () => {
    const page = [message(3), message(2, { edited: { ts: ts(5) } }), message(1, { subtype: 'tombstone' })];
    const found = compare(page, { standing: [ts(2), ts(4)], marks: [] }, where);
    expect(found.said.map((one) => one.ts)).toEqual([ts(3), ts(2)]);
    expect(found.edits.map(({ message: one }) => one.ts)).toEqual([ts(2)]);
    expect(found.gone.map((one) => one.ts)).toEqual([ts(4), ts(1)]);
  });

  it('shows reactions and pins that came and went, and does not guess where Slack names only some people', () => {
    const mark = (name: string, person: string) => ({
      channel: 'C7',
      ts: ts(1),
      incident: 'inc_7',
      name,
      person,
      at: at('09:00'),
    });
    const page = [
      message(1, {
        reactions: [
          { name: 'eyes', users: ['U1'], count: 1 },
          { name: 'heart', users: ['U1'], count: 80 },
        ],
        pinned_to: ['C7'],
      }),
    ];
    const known = [mark('eyes', 'U2'), mark('heart', 'U3'), mark(pinned, 'U9')];
    const { marked, unmarked } = compare(page, { standing: [], marks: known }, where);
    expect(marked.map(({ name, person }) => `${name} ${person}`)).toEqual(['eyes U1', 'heart U1']);
    expect(unmarked.map(({ name, person }) => `${name} ${person}`)).toEqual(['eyes U2']);
  });

  it('leads to the threads that differ or were busy', () => {
    const page = [
      message(1, { reply_count: 2, latest_reply: ts(3) }),
      message(2, { reply_count: 1, latest_reply: ts(4) }),
      message(5),
    ];
    const known = new Map([
      [ts(1), { count: 2, latest: ts(3) }],
      [ts(2), { count: 2, latest: ts(4) }],
    ]);
    expect(threadsToRead(page, known, ts(9))).toEqual([ts(2)]);
    expect(threadsToRead(page, known, ts(2))).toEqual([ts(1), ts(2)]);
  });
});

describe('reading a history', () => {
  const [soon, later] = [tsOf(at('09:00')), tsOf(at('10:00'))];
  const begun = withWish({}, { since: soon, upTo: soon }, soon);
  const page = { last: ts(1), more: true, cursor: 'c', threads: [], found: false };

  it('goes on below the last message, through the threads, to its end', () => {
    const reading = given(begun.reading);
    const first = afterPage(reading, { ...page, threads: [ts(7)] });
    expect(first).toMatchObject({ below: ts(1), threads: [ts(7)] });
    const surfaced = afterPage(first, { ...page, more: false });
    const replies = afterReplies(surfaced, { last: ts(8), more: true, cursor: 't', found: false });
    expect(replies).toMatchObject({ surfaced: true, threads: [ts(7)], after: ts(8), threadCursor: 't' });
    const done = afterReplies(replies, { more: false, found: false });
    expect(left({ reading: done }, later)).toEqual({ whole: soon });
  });

  it('follows Slack’s mark where a page is empty and not the last', () => {
    const reading = given(begun.reading);
    expect(afterPage(reading, { ...page, last: undefined })).toMatchObject({ cursor: 'c' });
    expect(afterPage(reading, { ...page, last: undefined, cursor: undefined })).toMatchObject({ surfaced: true });
  });

  it('is not begun again for what it holds already, and once more for what happened since', () => {
    expect(withWish(begun, { since: soon, upTo: soon }, later)).toEqual(begun);
    const more = withWish(begun, { since: later, downTo: later, upTo: later }, later);
    expect(more.next).toMatchObject({ downTo: later });
    const both = withWish(more, { since: soon, upTo: later }, later);
    expect(both.next).toEqual({ since: soon, upTo: later });
  });

  it('reads all of it after a look found what nobody had told of', () => {
    const looked = withWish({}, { since: soon, downTo: soon, check: true, upTo: soon }, soon);
    const reading = afterPage(given(looked.reading), page);
    expect(reading).toMatchObject({ surfaced: true });
    expect(left({ reading }, later)).toEqual({});
    expect(left({ reading: { ...reading, found: true } }, later)).toMatchObject({
      reading: { since: soon, began: later },
    });
  });
});

it('an address that Slack copies names a message', () => {
  const address =
    'https://example.slack.com/archives/C012AB3CD/p1772200001000100?thread_ts=1772200000.000100&cid=C012AB3CD';
  expect(placeIn(address)).toEqual({ channel: 'C012AB3CD', ts: '1772200001.000100' });
  expect(placeIn('https://example.slack.com/archives/C012AB3CD')).toBeUndefined();
});

it('what was said is kept while an incident goes on, and counted from its end', () => {
  expect(endOf(anIncident())).toBeUndefined();
  expect(endOf(anIncident({ status: 'closed', resolvedAt: at('10:00'), reached: { closed: at('12:00') } }))).toEqual(
    at('10:00'),
  );
  expect(endOf(anIncident({ status: 'cancelled', reached: { cancelled: at('11:00') } }))).toEqual(at('11:00'));
});

describe('files', () => {
  /** A server that keeps files, and what it was asked with. */
  async function serving<T>(use: (origin: string, tokens: (string | undefined)[]) => Promise<T>): Promise<T> {
    const tokens: (string | undefined)[] = [];
    const server = createServer(({ url, headers }, response) => {
      tokens.push(headers.authorization);
      if (url === '/away') return response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      if (url === '/sign-in') return response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
      return response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(url === '/large' ? 2_000 : 10));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, tokens);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it('are fetched from Slack and from nowhere else, whole or not at all', () =>
    serving(async (origin, tokens) => {
      const files = createFiles({ botToken: 'xoxb-1', apiUrl: `${origin}/api/`, insideTransaction: () => false });
      const from = (url: string) => files.download(url, { largest: 1_000 });
      expect(await from(`${origin}/small`)).toHaveLength(10);
      expect(tokens).toEqual(['Bearer xoxb-1']);
      for (const url of [`${origin}/away`, `${origin}/sign-in`, `${origin}/large`])
        await expect(from(url)).rejects.toBeInstanceOf(Impossible);
      const other = createFiles({ botToken: 'xoxb-1', apiUrl: undefined, insideTransaction: () => false });
      for (const url of [`${origin}/small`, 'https://files.slack.com.example.com/x', 'http://files.slack.com/x', 'x'])
        await expect(other.download(url, { largest: 1_000 })).rejects.toThrow('not_slacks_file');
      expect(tokens).toHaveLength(4);
    }));
});
