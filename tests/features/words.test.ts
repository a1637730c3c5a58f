import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { topic } from '../../src/features/channel/views.ts';
import { declareModal, progressMessage } from '../../src/features/declare/views.ts';
import type { Impact } from '../../src/incident/impact.ts';
import { cut, cutMarkup, duration, escape, plain, time } from '../../src/slack/blocks.ts';
import { impactSentence, quoteWhole } from '../../src/slack/incident-words.ts';
import { nearest } from '../../src/slack/nearest.ts';
import { troubleText } from '../../src/slack/refusals.ts';
import { mentioned, readable } from '../../src/slack/text.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';
import { nasty } from '../support/nasty.ts';

const minutes = 60_000;
const hours = 60 * minutes;

describe('a duration in words', () => {
  it.each([
    [0, 'less than a minute'],
    [29_000, 'less than a minute'],
    [30_000, '1 min'],
    [59.4 * minutes, '59 min'],
    [59.6 * minutes, '1 h'],
    [77 * minutes, '1 h 17 min'],
    [2 * hours, '2 h'],
    [24 * hours, '1 d'],
    [24 * hours + 5 * minutes, '1 d'],
    [49 * hours + 59 * minutes, '2 d 1 h'],
  ])('%d ms are %s', (ms, words) => expect(duration(ms)).toBe(words));
});

describe('a time', () => {
  it('is shown in the reader’s own zone, else in UTC', () => {
    expect(time(at('09:15:30'))).toBe('<!date^1772442930^{date_short_pretty} {time}|2026-03-02 09:15 UTC>');
  });
});

describe('what a person typed', () => {
  it.each([
    ['Checkout &lt;502&gt; &amp; more', 'Checkout <502> & more'],
    ['&amp;lt; stays an entity', '&lt; stays an entity'],
    ['<@U012AB3CD|ana> sees it', '@ana sees it'],
    ['<@U012AB3CD> sees it', '@somebody sees it'],
    ['in <#C012AB3CD|checkout>', 'in #checkout'],
    ['in <#C012AB3CD>', 'in #a-channel'],
    ['<!subteam^S012AB3CD|@payments> look', '@payments look'],
    ['<!here> <!channel|channel>', '@here @channel'],
    ['<https://status.example|status.example> is red', 'https://status.example is red'],
    ['<mailto:ana@example.com|ana@example.com>', 'mailto:ana@example.com'],
    ['  spaces around  ', 'spaces around'],
  ])('%s reads as %s', (sent, read) => expect(readable(sent)).toBe(read));

  it('says the same when it is shown again', () => {
    const typed = fc.string({ unit: 'grapheme' }).map((text) => text.trim());
    const sent = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    fc.assert(fc.property(typed, (text) => expect(readable(sent(text))).toBe(text)));
  });
});

describe('whom a person named', () => {
  it.each<[string, string[]]>([
    ['role commander <@U012AB3CD|ana>', ['U012AB3CD']],
    ['<@W012AB3CD> hands over to <@U012AB3CD|ben>', ['W012AB3CD', 'U012AB3CD']],
    ['&lt;@U012AB3CD&gt; @ana', []],
    ['<!subteam^S012AB3CD|@payments> <#C012AB3CD|checkout> <!here>', []],
  ])('in %s is %j', (sent, people) => expect(mentioned(sent)).toEqual(people));
});

describe('text of people’s, shown again', () => {
  it('mentions nobody and links nowhere', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(escape(text)).not.toMatch(/[<>]/)));
    expect(escape('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
  });

  it('cannot read backwards or hide', () => {
    expect(escape('a\u202eb\u2066c\u200bd')).toBe('abcd');
    expect(plain('a\u202eb').text).toBe('ab');
    // What joins an emoji, and what Persian needs between letters, stays.
    expect(escape('👩‍👩‍👧‍👦 \u0645\u06cc\u200c')).toBe('👩‍👩‍👧‍👦 \u0645\u06cc\u200c');
  });

  it('is cut between characters as people count them', () => {
    expect(cut('abc', 3)).toBe('abc');
    expect(cut('abcd', 3)).toBe('ab…');
    expect(cut('ab👩‍👩‍👧‍👦', 5)).toBe('ab…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        expect(cut(text, max).length).toBeLessThanOrEqual(max);
        expect(cut(text, max).isWellFormed()).toBe(text.isWellFormed());
      }),
    );
  });

  it.each([
    ['declared by <@U0ANA> at nine', 18, 'declared by …'],
    ['Tom &amp; Jerry', 8, 'Tom …'],
    ['<@U0ANA> declared it', 16, '<@U0ANA> declar…'],
  ])('is not cut within a mention or an entity: %s', (text, max, expected) =>
    expect(cutMarkup(text, max)).toBe(expected),
  );

  it('is quoted whole, however long', () => {
    const words = fc.constantFrom(
      'down',
      '<!channel>',
      '&',
      '👩‍👩‍👧‍👦',
      '決済',
      'x'.repeat(500),
      '&'.repeat(3000),
      '\n',
      '\n\n',
    );
    const text = fc.array(words, { minLength: 1, maxLength: 400 }).map((all) => all.join(' ').slice(0, 3000).trim());
    const squeezed = (said: string) => said.replace(/\s/g, '');
    fc.assert(
      fc.property(
        text.filter((said) => said !== ''),
        (said) => {
          const shown = quoteWhole(said).map((block) => (block.type === 'section' ? (block.text?.text ?? '') : ''));
          for (const piece of shown) expect(piece.length).toBeLessThanOrEqual(3000);
          expect(squeezed(shown.map((piece) => piece.replace(/^> /gm, '')).join(''))).toBe(squeezed(escape(said)));
        },
      ),
    );
  });
});

describe('the nearest sub-command', () => {
  const names = ['declare', 'list', 'help', 'update', 'status', 'resolve', 'severity'];
  it.each([
    ['udpate', 'update'],
    ['updates', 'update'],
    ['RESOLVED', 'resolve'],
    ['stauts', 'status'],
    ['severty', 'severity'],
    ['lst', 'list'],
    ['helo', 'help'],
    ['hi', undefined],
    ['li', undefined],
    ['checkout', undefined],
    ['', undefined],
    ['決済', undefined],
  ])('to "%s" is %s', (word, name) => expect(nearest(word, names)).toBe(name));

  it('to nothing is nothing', () => expect(nearest('update', [])).toBeUndefined());
});

describe('why something did not work', () => {
  it.each([
    ['is_archived', 'The channel is archived. Unarchive it, then press *Try again*.'],
    ['the incident has no channel', 'The incident has no channel yet. *Try again* opens it first.'],
    ['some_new_code', 'Slack said `some_new_code`.'],
    ['<!channel> `boo`', 'Slack said `&lt;!channel&gt; boo`.'],
    ['constructor', 'Slack said `constructor`.'],
  ])('%s', (why, said) => expect(troubleText(why)).toBe(said));

  it('stays short, whatever a proxy sent', () => expect(troubleText(nasty(50_000)).length).toBeLessThan(1000));
});

describe('the form to declare', () => {
  it('has the title in one line, however it was typed', () => {
    const draft = { title: 'Checkout\n\nis\tdown', summary: '', metadata: { seen: [] }, similar: [] };
    expect(JSON.stringify(declareModal(draft, thePolicy()))).toContain('"initial_value":"Checkout is down"');
  });
});

describe('the confirmation', () => {
  const incident = anIncident({ channel: undefined, headline: undefined });
  const said = (troubles: typeof incident.troubles) => JSON.stringify(progressMessage({ ...incident, troubles }));

  it('says what is under way', () => expect(said([])).toMatch(/I am opening its channel[\s\S]*Opening a channel/));

  it('calls nothing under way that waits for somebody', () => {
    const stuck = said([{ effect: 'open', what: 'open a channel', why: 'restricted_action', at: at('10:00') }]);
    expect(stuck).toMatch(/it has no channel yet[\s\S]*No channel yet[\s\S]*No headline yet[\s\S]*Try again/);
    expect(stuck).not.toMatch(/opening|Posting/i);
  });
});

describe('what customers feel', () => {
  const now = at('10:00');
  const [start, end] = [at('09:00'), at('09:40')];
  const said = (impact: Impact, status: 'investigating' | 'resolved') =>
    impactSentence(anIncident({ impact, status }), now);

  it.each<[string, Impact, string]>([
    ['nothing', { felt: 'no' }, 'do not feel it yet'],
    ['something, for some time', { felt: 'yes' }, 'feel it; since when is not known'],
    ['something since nine', { felt: 'yes', started: start }, `feel it since ${time(start)}`],
  ])('while it goes on: %s', (_, impact, sentence) => expect(said(impact, 'investigating')).toBe(sentence));

  it.each<[string, Impact, string]>([
    ['nothing', { felt: 'no' }, 'did not feel it'],
    [
      'from when to when',
      { felt: 'yes', started: start, ended: end },
      `felt it from ${time(start)} until ${time(end)} (40 min)`,
    ],
    ['not since when', { felt: 'yes', ended: end }, `felt it until ${time(end)}; since when is not known`],
    ['not until when', { felt: 'yes', started: start }, `felt it since ${time(start)}; until when is not known`],
    ['neither', { felt: 'yes' }, 'felt it; from when to when is not known'],
  ])('once it is over: %s', (_, impact, sentence) => expect(said(impact, 'resolved')).toContain(sentence));

  it('is never called felt when nobody knows', () => {
    expect(said({ felt: 'unknown' }, 'investigating')).toMatch(/^may /);
    expect(said({ felt: 'unknown' }, 'resolved')).toMatch(/^may have /);
  });
});

describe('the topic', () => {
  it('says how bad, where it stands and what it is', () => {
    expect(topic(anIncident({ severity: 'sev1', title: 'Cards <b> &\nmore' }), thePolicy())).toBe(
      'SEV1 · Investigating · Cards b more',
    );
    expect(topic(anIncident({ isPractice: true }), thePolicy())).toMatch(/^Practice · SEV2 /);
  });
});
