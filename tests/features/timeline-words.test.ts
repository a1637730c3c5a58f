import { describe, expect, it } from '@jest/globals';
import { type Page, pageOf } from '../../src/features/timeline/page.ts';
import { plainOf } from '../../src/features/timeline/plain.ts';
import type { Line } from '../../src/features/timeline/read.ts';
import { readEntry } from '../../src/features/timeline/typed.ts';
import { wordsOf } from '../../src/features/timeline/words.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { at } from '../support/given.ts';
import { processorTime } from '../support/processor-time.ts';

const names = {
  person: (id: string) => ({ U0ANA: 'Ana', U0BEN: 'Ben' })[id],
  severities: { sev1: { name: 'Critical' } },
  roles: { commander: { name: 'incident commander' } },
  journeys: { pay: { name: 'Paying' } },
};
const other = { id: 'inc_9', number: 9 };

describe('what happened, in words', () => {
  it.each<[IncidentEvent, string]>([
    [
      {
        type: 'declared',
        title: 'Checkout is failing',
        summary: '',
        severity: 'sev1',
        status: 'triage',
        services: [],
        impact: { felt: 'no' },
        isPrivate: false,
        isPractice: false,
        channelName: '',
        policyVersion: '',
      },
      'A warm issue was declared as Critical: Checkout is failing',
    ],
    [{ type: 'updatePosted', number: 2, text: 'Rolling *back*\nnow' }, 'An update was posted: Rolling *back*\nnow'],
    [
      { type: 'statusChanged', from: 'investigating', to: 'identified', note: 'A bad flag' },
      'The status went from Investigating to Identified: A bad flag',
    ],
    [
      { type: 'severityChanged', from: 'sev2', to: 'sev1', reason: '' },
      'The severity was raised from SEV2 to Critical',
    ],
    [
      { type: 'severityChanged', from: 'sev1', to: 'sev3', reason: 'Few are hurt' },
      'The severity was lowered from Critical to SEV3: Few are hurt',
    ],
    [{ type: 'impactStated', impact: { felt: 'no' } }, 'No customer felt it, as far as was known'],
    [{ type: 'impactStated', impact: { felt: 'unknown' } }, 'It was not known whether customers felt it'],
    [
      { type: 'impactStated', impact: { felt: 'yes', started: at('08:30'), share: 20, journeys: ['pay', 'fly'] } },
      'Customers felt it from 2026-03-02 08:30 UTC, 20 % of them (Paying, fly)',
    ],
    [
      { type: 'impactBegan', impact: { felt: 'yes', started: at('09:30') } },
      'Customers felt it again from 2026-03-02 09:30 UTC',
    ],
    [
      { type: 'timeCorrected', of: 'declared', from: at('09:00'), to: at('08:50'), reason: 'The page came first' },
      'The time of the declaration was corrected from 2026-03-02 09:00 UTC to 2026-03-02 08:50 UTC: The page came first',
    ],
    [{ type: 'resolved', from: 'monitoring', note: 'Quiet since' }, 'Resolved: Quiet since'],
    [{ type: 'reopened', from: 'resolved', reason: '' }, 'Reopened'],
    [{ type: 'closed', note: '' }, 'Closed'],
    [{ type: 'declined', reason: 'A test' }, 'Declined: A test'],
    [{ type: 'cancelled', from: 'triage', reason: '' }, 'Cancelled'],
    [{ type: 'merged', from: 'triage', into: other }, 'Merged into #9'],
    [{ type: 'merged', from: 'triage', into: { ...other, isPrivate: true } }, 'Merged into another incident'],
    [{ type: 'absorbed', other }, '#9 was merged into this incident'],
    [
      { type: 'roleAssigned', role: 'commander', person: 'U0ANA', how: 'taken' },
      'Incident commander was taken by @Ana',
    ],
    [
      { type: 'roleAssigned', role: 'commander', person: 'U0ANA', from: 'U0BEN', how: 'handed-over' },
      'Incident commander was handed over by @Ben to @Ana',
    ],
    [{ type: 'roleAssigned', role: 'scribe', person: 'U0EVA', how: 'assigned' }, 'Scribe was given to @U0EVA'],
    [{ type: 'roleFreed', role: 'scribe', from: 'U0ANA' }, 'Scribe was left open, after @Ana'],
    [{ type: 'madePrivate' }, 'Made private'],
  ])('of %j', (event, said) => expect(wordsOf(event, names)).toBe(said));
});

describe('a message in plain words', () => {
  it.each([
    ['*bold* _slanted_ ~gone~ done', 'bold slanted gone done'],
    ['snake_case_name and 2*3*4 and ~5', 'snake_case_name and 2*3*4 and ~5'],
    ['*<@U0ANA> did it*', '@Ana did it'],
    ['<@U0EVA|eva> and <@U0EVA>', '@eva and @U0EVA'],
    ['see <https://x.example/_a_?b=1&amp;c=2|the graph>', 'see the graph (https://x.example/_a_?b=1&c=2)'],
    ['<https://x.example>', 'https://x.example'],
    ['<mailto:a@x.example|a@x.example>', 'a@x.example (mailto:a@x.example)'],
    ['<#C1|general> <!here> <!subteam^S1|@web>', '#general @here @web'],
    ['<!date^1772442000^{time}|09:00 UTC>', '09:00 UTC'],
    ['run `rm *a* *b*` or\n```\nx = _y_\n```', 'run rm *a* *b* or\nx = _y_'],
    ['1 &lt; 2 &amp;&amp; <b>', '1 < 2 && b'],
    ['\ue000', ''],
    ['', ''],
  ])('%s', (raw, said) => expect(plainOf(raw, names)).toBe(said));

  it('comes at once, however many marks there are', () => {
    const took = processorTime(() => {
      for (const unit of ['*', '_a', '<', '`', '~ ', '*a', '<@U1>'])
        plainOf(unit.repeat(Math.ceil(40_000 / unit.length)), names);
    });
    expect(took).toBeLessThan(2_000);
  });
});

describe('what is typed after /incident timeline', () => {
  const now = at('12:00');
  const hour = 3600;
  it.each<[string, ReturnType<typeof readEntry>]>([
    ['', { what: 'show' }],
    ['restarted the API', { what: 'add', text: 'restarted the API' }],
    ['restarted the API at 11:05', { what: 'add', text: 'restarted the API', at: at('10:05') }],
    ['looked at the graphs at 11:05', { what: 'add', text: 'looked at the graphs', at: at('10:05') }],
    ['looked at the graphs', { what: 'add', text: 'looked at the graphs' }],
    [
      'the disk was full at 9:30 yesterday',
      { what: 'add', text: 'the disk was full', at: new Date('2026-03-01T08:30:00Z') },
    ],
    ['restarted at 20 minutes ago', { what: 'add', text: 'restarted', at: at('11:40') }],
    ['restarted, 20 minutes ago', { what: 'add', text: 'restarted', at: at('11:40') }],
    ['restarted an hour ago', { what: 'add', text: 'restarted', at: at('11:00') }],
    ['at 11:05', { what: 'add', text: '', at: at('10:05') }],
    ['errors at 10.55 % of calls', { what: 'add', text: 'errors at 10.55 % of calls' }],
    ['restarted at 25:99', { what: 'not-a-time', when: '25:99' }],
  ])('%s', (typed, read) => expect(readEntry(typed, now, hour)).toEqual(read));
});

describe('a page of the timeline', () => {
  const lines = (count: number): Line[] =>
    Array.from({ length: count }, (_, index) => ({
      id: `e:${index}`,
      at: at('09:00'),
      by: 'U0ANA',
      text: `${index}`,
      files: [],
      changes: [],
      ...(index === 3 && { hidden: true }),
    }));
  const shown = ({ lines: on }: Page) => `${on[0]?.text}–${on.at(-1)?.text}`;

  it('begins with the newest, and leads through all of them', () => {
    const timeline = lines(41);
    const pages = [pageOf(timeline, {})];
    for (let page = pages[0]; page?.older !== undefined; page = pages.at(-1))
      pages.push(pageOf(timeline, { start: page.older }));
    expect(pages.map(shown)).toEqual(['26–40', '11–25', '0–15']);
    expect(pages.at(-1)).toMatchObject({ all: 40, hiddenCount: 1, newer: 15 });
    expect(pageOf(timeline, { start: 15 })).toMatchObject({ newer: 25, older: 0 });
  });

  it('leaves out what is hidden unless asked', () => {
    expect(shown(pageOf(lines(4), {}))).toBe('0–2');
    expect(shown(pageOf(lines(4), { hidden: true }))).toBe('0–3');
    expect(pageOf([], {})).toMatchObject({ lines: [], all: 0 });
    expect(pageOf(lines(2), { start: 500 })).toMatchObject({ start: 0 });
  });
});
