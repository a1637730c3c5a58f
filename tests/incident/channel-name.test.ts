import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { channelName, nextChannelName } from '../../src/incident/channel-name.ts';

/** https://docs.slack.dev/reference/methods/conversations.create */
const legal = /^[a-z0-9][a-z0-9_-]{0,79}$/;
const template = 'inc-{number}-{title}';

const named = (title: string, isPrivate = false) => channelName(template, { number: 7, title, isPrivate });

describe('the name of a channel', () => {
  it.each([
    ['words', 'Checkout is failing', 'inc-7-checkout-is-failing'],
    ['accents', 'Café à Zürich hors service', 'inc-7-cafe-a-zurich-hors-service'],
    ['signs', '502s: api.example.com/v1 (EU) & more!', 'inc-7-502s-api-example-com-v1-eu-more'],
    ['Japanese', '決済が失敗している', 'inc-7'],
    ['Japanese and words', '決済 checkout 失敗', 'inc-7-checkout'],
    ['emoji only', '🔥🔥🔥', 'inc-7'],
    ['wide letters', 'ＡＰＩ ｄｏｗｎ', 'inc-7-api-down'],
    ['a mention', '<!channel> <@U1> down', 'inc-7-channel-u1-down'],
    ['underscores', '__init__ fails', 'inc-7-init-fails'],
  ])('is made of %s', (_, title, name) => expect(named(title)).toBe(name));

  it('is cut at 80 characters, without a dash at the end', () => {
    expect(named('x'.repeat(300))).toBe(`inc-7-${'x'.repeat(74)}`);
    expect(named(`${'x'.repeat(73)} y`)).toBe(`inc-7-${'x'.repeat(73)}`);
  });

  it('gives nothing of a private incident away', () => expect(named('CEO leaves', true)).toBe('inc-7-private'));

  it('keeps the number when a long title comes first', () => {
    const name = channelName('{title}-{number}', { number: 42, title: 'x'.repeat(300), isPrivate: false });
    expect(name).toBe(`${'x'.repeat(77)}-42`);
  });

  it('is legal, holds the number, and is always the same', () => {
    const templates = fc.constantFrom(template, '{title}-{number}', '{number}', 'i_{number}__{title}-{title}');
    const titles = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(templates, fc.integer({ min: 1, max: 1e6 }), titles, (given, number, title) => {
        const name = channelName(given, { number, title, isPrivate: false });
        expect(name).toMatch(legal);
        expect(name).toContain(String(number));
        expect(channelName(given, { number, title, isPrivate: false })).toBe(name);
      }),
    );
  });
});

describe('the next name, when one is taken', () => {
  const names = (first: string, count: number) => {
    const all = [first];
    while (all.length < count) all.push(nextChannelName(first, all.at(-1) ?? first));
    return all;
  };

  it('counts from 2', () => {
    expect(names('inc-7-checkout', 10).slice(1)).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9, 10].map((count) => `inc-7-checkout-${count}`),
    );
  });

  it('is a name that was not tried before, also when the first looks numbered or fills all 80 characters', () => {
    const firsts = fc.constantFrom(
      'inc-7',
      'inc-7-2',
      'x'.repeat(80),
      `${'x'.repeat(78)}-2`,
      `${'x'.repeat(77)}-10`,
      `${'x'.repeat(77)}-yz`,
    );
    fc.assert(
      fc.property(firsts, (first) => {
        const tried = names(first, 12);
        expect(new Set(tried).size).toBe(12);
        for (const name of tried) expect(name).toMatch(legal);
      }),
    );
  });
});
