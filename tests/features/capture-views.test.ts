import { expect, it } from '@jest/globals';
import { checkMessage } from '../../sandbox/check.ts';
import type { What } from '../../src/features/capture/erase.ts';
import { areYouSure, erasingNow, nothingKept, whatToErase } from '../../src/features/capture/views.ts';
import { saidHereBlocks } from '../../src/features/list/said-here.ts';
import type { Message } from '../../src/store/messages.ts';
import { nasty } from '../support/nasty.ts';

const whats: What[] = [
  { of: 'message', source: { channel: 'C7', ts: '1772200001.000100' } },
  { of: 'person', person: 'U0BEN' },
  { of: 'incident' },
];

it.each(whats.flatMap((what) => [1, 100, 1_000_000].map((count) => [what.of, count, what] as const)))(
  'the question before erasing fits a message: %s, %i',
  (_, count, what) => {
    const value = JSON.stringify({ incident: `inc_${'x'.repeat(26)}`, what });
    expect(checkMessage(areYouSure(what, count, 100, value))).toEqual([]);
  },
);

it.each([whatToErase, nothingKept, erasingNow])('what is said about erasing fits a message', (message) => {
  expect(checkMessage(message)).toEqual([]);
});

it.each([0, 1, 5])('what is found in a channel fits a message and rings nobody: %i', (count) => {
  const messages = Array.from(
    { length: count },
    (_, index): Message => ({
      channel: 'C7',
      ts: `177220000${index}.000100`,
      incident: 'inc_7',
      author: 'U0ANA',
      kind: 'said',
      text: index === 0 ? '' : `<!channel> <@U0BEN> ${nasty(40_000)}`,
      files: [],
      earlier: [],
    }),
  );
  const blocks = saidHereBlocks(messages, ({ ts }) => `https://example.slack.com/archives/C7/p${ts}`);
  expect(checkMessage({ text: 'Found', blocks: [...blocks, { type: 'divider' }] })).toEqual([]);
  expect(JSON.stringify(blocks)).not.toMatch(/<[!@](?!date)/);
});
