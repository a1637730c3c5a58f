import { describe, expect, it } from '@jest/globals';
import { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import { milestonesOf } from '../../src/incident/milestones.ts';
import type { Page } from '../../src/incident/page.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';
import { aPage, checkout, commanders, paging } from '../support/paging.ts';

const services = { api: { name: 'API' }, checkout: { name: 'Checkout', paging: 'checkout' } };
const policy = thePolicy({ paging: paging(), services });
const now = at('10:00');

function decided(command: unknown, incident: Incident, by = policy): IncidentEvent[] | string {
  const decision = decide(incident, Command.parse(command), now, by);
  return 'refused' in decision ? decision.refused : decision.events;
}

const pagesIn = (events: IncidentEvent[] | string) =>
  typeof events === 'string' ? events : events.filter(({ type }) => type.startsWith('page'));

const declare = { type: 'declare', title: 'Checkout fails', severity: 'sev1', impact: { felt: 'unknown' } };
const declaring = (fields: object, by = policy) =>
  pagesIn(decided({ ...declare, ...fields }, undeclared('inc_7', 7), by));
const whom = (events: IncidentEvent[] | string) =>
  typeof events === 'string' ? events : events.flatMap((event) => (event.type === 'pageAsked' ? event.target : []));

describe('declaring what rings at the pager already', () => {
  const begun = {
    outside: { id: 'Q1' },
    service: 'PSVCCHK',
    escalationPolicy: 'PEPCHK',
    name: 'Checkout',
    began: at('09:50'),
    state: 'ringing',
    when: at('09:50'),
  };
  it.each<[string, object, unknown[]]>([
    ['pages everybody else', { services: ['checkout'] }, [commanders]],
    ['wakes nobody for want of anybody else', { services: ['api'], severity: 'sev3' }, []],
    ['pages them where it is over there', { severity: 'sev3', begun: { ...begun, state: 'resolved' } }, [checkout]],
    [
      'pages them where it rings others',
      { severity: 'sev3', services: ['checkout'], begun: { ...begun, service: 'PX', escalationPolicy: 'PY' } },
      [checkout],
    ],
  ])('%s', (_, fields, expected) => {
    const events = declaring({ begun, ...fields });
    expect(events[0]).toMatchObject({ type: 'pageFound', number: 1, key: 'tocsin:inc_7:Q1:1', outside: { id: 'Q1' } });
    expect(whom(events)).toEqual(expected);
  });

  it('is no practice', () => expect(declaring({ begun, isPractice: true })).toBe('practice-of-a-page'));

  it('was seen when it began, and was answered no sooner than there was a question', () => {
    const takers = [{ account: 'PUSRBEN', name: 'Ben', at: at('09:55') }];
    const events = decided({ ...declare, begun: { ...begun, state: 'acknowledged', takers } }, undeclared('inc_7', 7));
    if (typeof events === 'string') throw new Error(events);
    const incident = events.reduce(
      (so_far, event) => evolve(so_far, event, { by: 'pagerduty', at: now }),
      undeclared('inc_7', 7),
    );
    const record = events.map((event, index) => ({ seq: index + 1, event, by: 'pagerduty', at: now }));
    expect(milestonesOf(incident, record)).toMatchObject({ detected: at('09:50'), acknowledged: now });
    expect(incident.pages).toMatchObject([
      { cause: 'begun', state: 'acknowledged', ways: [{ outcome: 'accepted' }] },
      {},
    ]);
  });
});

describe('declaring wakes whom the severity demands', () => {
  it('each once, with a key by which repeats fold', () => {
    expect(declaring({ services: ['checkout'] })).toEqual([
      { type: 'pageAsked', number: 1, key: 'tocsin:inc_7:checkout:1', target: checkout, cause: 'severity', why: '' },
      {
        type: 'pageAsked',
        number: 2,
        key: 'tocsin:inc_7:commanders:1',
        target: commanders,
        cause: 'severity',
        why: '',
      },
    ]);
  });

  it.each<[string, object, unknown[]]>([
    ['the services’ alone, where it asks for no commander', { severity: 'sev3', services: ['checkout'] }, [checkout]],
    ['nobody, where it can wait', { severity: 'sev4', services: ['checkout'] }, []],
    ['whoever is there otherwise, where no service has somebody', { services: ['api'] }, [checkout, commanders]],
    ['whoever is there otherwise, where no service is named', { severity: 'sev3' }, [checkout]],
    ['nobody in a practice', { services: ['checkout'], isPractice: true }, []],
  ])('%s', (_, fields, expected) => expect(whom(declaring(fields))).toEqual(expected));

  it('once, where all stand behind one routing key', () => {
    const { checkout: one, commanders: other } = paging().targets;
    const shared = { checkout: { ...one, routingKey: 'all' }, commanders: { ...other, routingKey: 'all' } };
    const by = thePolicy({ paging: paging({ targets: shared as never }), services });
    expect(whom(declaring({ services: ['checkout'] }, by))).toEqual([{ ...checkout, routingKey: 'all' }]);
  });

  it('nobody, where the policy has nobody', () => {
    expect(declaring({ services: ['checkout'] }, thePolicy())).toEqual([]);
  });
});

describe('a change of severity', () => {
  const at3 = anIncident({ severity: 'sev3', services: ['checkout'], pages: [aPage({ state: 'acknowledged' })] });
  const raise = (incident: Incident, to: string) => whom(pagesIn(decided({ type: 'changeSeverity', to }, incident)));

  it('wakes whom the new one demands and the old one did not', () => {
    expect(raise(at3, 'sev1')).toEqual([commanders]);
  });
  it('wakes nobody who is awake for it already', () => {
    const pages = [...at3.pages, aPage({ number: 2, target: commanders, state: 'acknowledged' })];
    expect(raise({ ...at3, pages }, 'sev1')).toEqual([]);
  });
  it.each(['sev2', 'sev4'])('from sev1 to %s wakes nobody', (to) =>
    expect(raise(anIncident({ severity: 'sev1', services: ['checkout'] }), to)).toEqual([]),
  );
  it('in a practice wakes nobody', () => expect(raise({ ...at3, isPractice: true }, 'sev1')).toEqual([]));
  it('wakes them anew, under another key, when that page is over', () => {
    const over = aPage({ number: 2, target: commanders, state: 'resolved' });
    expect(decided({ type: 'changeSeverity', to: 'sev1' }, { ...at3, pages: [...at3.pages, over] })).toContainEqual(
      expect.objectContaining({ type: 'pageAsked', number: 3, key: 'tocsin:inc_7:commanders:2' }),
    );
  });
});

describe('asking for somebody', () => {
  const ask = (target: object, fields: Partial<Incident> = {}) =>
    decided({ type: 'askPage', whom: target, why: 'The database is slow' }, anIncident(fields));

  it.each<[string, object, object]>([
    ['a target', { target: 'checkout' }, checkout],
    ['a person, on a service there is', { person: 'U0BEN' }, { kind: 'person', person: 'U0BEN', service: 'PSVCCHK' }],
  ])('%s', (_, asked, target) =>
    expect(ask(asked)).toMatchObject([{ type: 'pageAsked', target, cause: 'asked', why: 'The database is slow' }]),
  );

  it.each<[string, object, Partial<Incident>, string]>([
    ['of whom the policy knows nothing', { target: 'mainframe' }, {}, 'unknown-target'],
    ['by a name every object has', { target: 'constructor' }, {}, 'unknown-target'],
    ['who is being rung', { target: 'checkout' }, { pages: [aPage()] }, 'paged-already'],
    ['in a practice', { target: 'checkout' }, { isPractice: true }, 'practice-pages-nobody'],
    ['after the end', { target: 'checkout' }, { status: 'resolved' }, 'incident-over'],
    [
      'for the hundred-and-first time',
      { person: 'U0BEN' },
      { pages: Array.from({ length: 100 }, (_, index) => aPage({ number: index + 1, state: 'resolved' })) },
      'too-many-pages',
    ],
  ])('is refused %s', (_, asked, fields, refusal) => expect(ask(asked, fields)).toBe(refusal));

  it('again is another page, when the first was taken', () => {
    expect(ask({ target: 'checkout' }, { pages: [aPage({ state: 'acknowledged' })] })).toMatchObject([
      { number: 2, key: 'tocsin:inc_7:checkout:2' },
    ]);
  });
});

describe('what comes of a way', () => {
  const report = (fields: object, page: Partial<Page> = {}) =>
    decided({ type: 'reportPageWay', page: 1, way: 'pagerduty', ...fields }, anIncident({ pages: [aPage(page)] }));
  const tried = (...ways: [Page['ways'][number]['way'], Page['ways'][number]['outcome']][]) => ({
    ways: ways.map(([way, outcome]) => ({ way, outcome, since: at('09:00') })),
  });

  it.each<[string, object, Partial<Page>, unknown[]]>([
    ['accepted', { outcome: 'accepted' }, {}, [{ type: 'pageAccepted', number: 1, way: 'pagerduty' }]],
    ['accepted once more', { outcome: 'accepted' }, tried(['pagerduty', 'accepted']), []],
    [
      'late: the next one is taken, and the first goes on',
      { outcome: 'late', why: 'slow' },
      {},
      [{ type: 'pageFailed', number: 1, way: 'pagerduty', why: 'slow', late: true, next: 'second-key' }],
    ],
    ['late, when it was accepted', { outcome: 'late' }, tried(['pagerduty', 'accepted']), []],
    ['late, when somebody has taken it', { outcome: 'late' }, { state: 'acknowledged' }, []],
    [
      'accepted after it was late',
      { outcome: 'accepted' },
      tried(['pagerduty', 'late'], ['second-key', 'waiting']),
      [{ type: 'pageAccepted', number: 1, way: 'pagerduty' }],
    ],
    [
      'failed after it was late: the next one is under way already',
      { outcome: 'failed', why: 'refused' },
      tried(['pagerduty', 'late'], ['second-key', 'waiting']),
      [{ type: 'pageFailed', number: 1, way: 'pagerduty', why: 'refused' }],
    ],
    [
      'failed by the second: on to the third',
      { way: 'second-key', outcome: 'failed', why: 'refused' },
      tried(['pagerduty', 'late'], ['second-key', 'waiting']),
      [{ type: 'pageFailed', number: 1, way: 'second-key', why: 'refused', next: 'mail' }],
    ],
    [
      'failed by the last',
      { way: 'webhook', outcome: 'failed', why: 'refused' },
      tried(['pagerduty', 'late'], ['second-key', 'failed'], ['mail', 'failed'], ['webhook', 'waiting']),
      [{ type: 'pageFailed', number: 1, way: 'webhook', why: 'refused', lost: true }],
    ],
    [
      'late by the last: none is left',
      { way: 'webhook', outcome: 'late', why: 'slow' },
      tried(['pagerduty', 'late'], ['second-key', 'failed'], ['mail', 'failed'], ['webhook', 'waiting']),
      [{ type: 'pageFailed', number: 1, way: 'webhook', why: 'slow', late: true, lost: true }],
    ],
    [
      'failed after it was known that none is left',
      { outcome: 'failed', why: 'refused' },
      tried(['pagerduty', 'late'], ['second-key', 'failed'], ['mail', 'failed'], ['webhook', 'late']),
      [{ type: 'pageFailed', number: 1, way: 'pagerduty', why: 'refused' }],
    ],
    [
      'failed by the last, when another one has accepted it',
      { way: 'webhook', outcome: 'failed', why: 'refused' },
      tried(['pagerduty', 'accepted'], ['second-key', 'failed'], ['mail', 'failed'], ['webhook', 'waiting']),
      [{ type: 'pageFailed', number: 1, way: 'webhook', why: 'refused' }],
    ],
    ['of a way that was not tried', { way: 'mail', outcome: 'accepted' }, {}, []],
    ['of a page that is not there', { page: 2, outcome: 'accepted' }, {}, []],
  ])('%s', (_, fields, page, expected) => expect(report(fields, page)).toEqual(expected));
});

describe('without PagerDuty', () => {
  const plain = { checkout: { name: 'Checkout on-call' }, commanders: { name: 'Incident commanders' } };
  const by = thePolicy({ paging: paging({ targets: plain, secondWays: ['webhook'], firstWay: 'webhook' }), services });
  const target = { kind: 'target', key: 'checkout', name: 'Checkout on-call' };

  it('one page goes by the first way there is, whomever the severity demands', () => {
    expect(declaring({ services: ['checkout'] }, by)).toEqual([
      {
        type: 'pageAsked',
        number: 1,
        key: 'tocsin:inc_7:checkout:1',
        target,
        cause: 'severity',
        why: '',
        way: 'webhook',
      },
    ]);
  });

  it('a raised severity wakes nobody again', () => {
    const raise = { type: 'changeSeverity', to: 'sev1', reason: '' };
    const pages = [aPage({ target: target as Page['target'] })];
    const paged = anIncident({ severity: 'sev3', services: ['checkout'], pages });
    expect(pagesIn(decided(raise, paged, by))).toEqual([]);
    expect(pagesIn(decided(raise, anIncident({ severity: 'sev4', services: ['checkout'] }), by))).toMatchObject([
      { type: 'pageAsked', target, way: 'webhook' },
    ]);
  });

  it('reopening asks anew, under a key of its own', () => {
    const pages = [aPage({ target: target as Page['target'], state: 'resolved' })];
    const reopen = { type: 'reopen', reason: 'It is back' };
    expect(pagesIn(decided(reopen, anIncident({ status: 'resolved', pages }), by))).toMatchObject([
      { type: 'pageAsked', number: 2, key: 'tocsin:inc_7:checkout:2', way: 'webhook' },
    ]);
  });
});

describe('a page that nobody takes', () => {
  const check = (page: Partial<Page>, fields: Partial<Incident> = {}) =>
    decided({ type: 'checkPage', page: 1 }, anIncident({ pages: [aPage(page)], ...fields }));
  const roles = { commander: { person: 'U0EVA', since: at('09:00') } };

  it.each<[string, Partial<Page>, Partial<Incident>, unknown[]]>([
    ['is told to the commander', {}, { roles }, [{ type: 'pageUntaken', number: 1, person: 'U0EVA' }]],
    ['to whoever declared, without one', {}, {}, [{ type: 'pageUntaken', number: 1, person: 'U0ANA' }]],
    ['not yet', { ringsSince: at('09:55:01') }, {}, []],
    ['once', { untakenAt: at('09:30') }, {}, []],
    ['not when somebody has taken it', { state: 'acknowledged' }, {}, []],
    ['not when the incident is over', {}, { status: 'cancelled' }, []],
  ])('%s', (_, page, fields, expected) => expect(check(page, fields)).toEqual(expected));
});

describe('what people do with a page in Slack', () => {
  const incident = (page: Partial<Page> = {}) => anIncident({ pages: [aPage(page)] });
  const take = { type: 'takePage', page: 1, person: 'U0BEN' };
  const slack = { number: 1, where: 'slack', when: now };

  it.each<[string, object, Partial<Page>, unknown]>([
    ['take it', take, {}, [{ type: 'pageAcknowledged', by: { person: 'U0BEN' }, ...slack }]],
    ['take it twice', take, { state: 'acknowledged', takers: [{ person: 'U0BEN', at: now }] }, 'nothing-to-change'],
    ['take what is over', take, { state: 'resolved' }, 'page-over'],
    ['take what is not there', { ...take, page: 9 }, {}, 'no-such-page'],
    ['escalate', { type: 'escalatePage', page: 1 }, {}, [{ type: 'pageEscalated', assigned: [], ...slack }]],
    ['escalate what is over', { type: 'escalatePage', page: 1 }, { state: 'resolved' }, 'page-over'],
  ])('%s', (_, command, page, expected) => expect(decided(command, incident(page))).toEqual(expected));
});

describe('what happens at the pager', () => {
  interface Told {
    what: string;
    at: Date;
    [field: string]: unknown;
  }
  const told = (what: string, time: string, rest: object = {}): Told => ({ what, at: at(time), ...rest });
  function heard(reports: Told[], page: Partial<Page> = {}, by = policy): Incident {
    return recorded(reports, page, by).incident;
  }
  function recorded(reports: Told[], page: Partial<Page> = {}, by = policy) {
    const record: IncidentEvent[] = [];
    const incident = reports.reduce(
      (so_far, report) => {
        const events = decided({ type: 'reportPageState', page: 1, ...report }, so_far, by);
        if (typeof events === 'string') throw new Error(events);
        record.push(...events);
        return events.reduce((one, event) => evolve(one, event, { by: 'pagerduty', at: now }), so_far);
      },
      anIncident({ pages: [aPage(page)] }),
    );
    return { incident, record };
  }
  const ben = { account: 'PUSRBEN', name: 'Ben' };

  it.each<[string, Told[], Partial<Page>]>([
    [
      'taken',
      [told('acknowledged', '09:10', { by: ben })],
      { state: 'acknowledged', takers: [{ ...ben, at: at('09:10') }] },
    ],
    [
      'given back',
      [told('acknowledged', '09:10', { by: ben }), told('unacknowledged', '09:40')],
      { state: 'ringing', takers: [] },
    ],
    [
      'on to the next',
      [told('escalated', '09:10', { assigned: ['Chloe'], level: 2 })],
      { assigned: ['Chloe'], level: 2 },
    ],
    [
      'given to somebody',
      [told('reassigned', '09:10', { assigned: ['Dev'] })],
      { assigned: ['Dev'], state: 'ringing' },
    ],
    ['over', [told('resolved', '09:20')], { state: 'resolved' }],
    ['back', [told('resolved', '09:20'), told('reopened', '09:30')], { state: 'ringing' }],
  ])('%s', (_, reports, expected) => expect(heard(reports).pages[0]).toMatchObject(expected));

  it('goes on to the next by itself, and still nobody has taken it for as long as before', () => {
    const [escalated] = heard([told('escalated', '09:10', { assigned: ['Chloe'] })], { untakenAt: at('09:05') }).pages;
    expect(escalated).toMatchObject({ ringsSince: at('09:00'), untakenAt: at('09:05') });
    const [back] = heard([told('escalated', '09:10')], { state: 'acknowledged', untakenAt: at('09:05') }).pages;
    expect(back).toMatchObject({ state: 'ringing', ringsSince: now, untakenAt: undefined });
  });

  it('is the same however the reports come, and however often', () => {
    const life = [
      told('triggered', '09:01'),
      told('acknowledged', '09:02', { by: ben }),
      told('escalated', '09:03', { assigned: ['Chloe'] }),
      told('resolved', '09:04'),
      told('reopened', '09:05'),
      told('acknowledged', '09:06', { by: ben }),
    ];
    const acknowledged = (record: IncidentEvent[]) =>
      record.flatMap((event) => (event.type === 'pageAcknowledged' ? [event.when] : []));
    const inOrder = heard(life).pages[0];
    for (const [first, second, third] of orders(life)) {
      const { incident, record } = recorded([...first, ...second, ...third, ...first]);
      expect(incident.pages[0]).toMatchObject({ state: inOrder?.state, changedAt: inOrder?.changedAt });
      // Whoever had it first is in the record once, whatever was heard before.
      expect(acknowledged(record).filter((when) => when.getTime() === at('09:02').getTime())).toHaveLength(1);
    }
  });

  it('keeps who took it, heard of when it is over already, and how it stands stays', () => {
    const ended: Partial<Page> = { state: 'resolved', endedAt: at('09:30') };
    const late = told('acknowledged', '09:20', { by: ben });
    const { incident, record } = recorded([late, late], ended);
    expect(record).toEqual([
      { type: 'pageAcknowledged', number: 1, by: ben, when: at('09:20'), where: 'pagerduty', late: true },
    ]);
    expect(incident.pages[0]).toMatchObject({ ...ended, takers: [{ ...ben, at: at('09:20') }] });
    expect(incident.pages[0]?.changedAt).toBeUndefined();
    const known = record.map((event) => ({ event, by: 'pagerduty', at: now }));
    expect(milestonesOf(incident, known).acknowledged).toEqual(at('09:20'));
  });

  it('gives nobody what rang anew since they had it', () => {
    const again = [told('resolved', '09:10'), told('reopened', '09:20'), told('acknowledged', '09:05', { by: ben })];
    const { incident, record } = recorded([...again, ...again]);
    expect(incident.pages[0]).toMatchObject({ state: 'ringing', takers: [], earlier: [{ ...ben, at: at('09:05') }] });
    expect(record.filter(({ type }) => type === 'pageAcknowledged')).toHaveLength(1);
  });

  it('keeps none of what is done in the bot’s own name, for whom that was is known', () => {
    const ended: Partial<Page> = { state: 'resolved', endedAt: at('09:30') };
    expect(recorded([told('acknowledged', '09:20', { by: ben, echo: true })], ended).record).toEqual([]);
  });

  it('keeps everybody who takes it, each once', () => {
    const chloe = { account: 'PUSRCHL', name: 'Chloe' };
    const reports = [
      told('acknowledged', '09:10', { by: ben }),
      told('acknowledged', '09:11', { by: chloe }),
      told('acknowledged', '09:12', { by: ben }),
    ];
    expect(heard(reports).pages[0]?.takers.map(({ name }) => name)).toEqual(['Ben', 'Chloe']);
  });

  it('is no news when it is what was done here', () => {
    const taken: Partial<Page> = { state: 'acknowledged', takers: [{ person: 'U0BEN', at: at('09:10') }] };
    const report = told('acknowledged', '09:11', { by: ben, echo: true });
    expect(heard([report], taken).pages[0]?.takers).toEqual(taken.takers);
  });

  it('does not bring back what was ended here a moment later', () => {
    const ended = { state: 'resolved', endedAt: at('09:30') } as const;
    expect(heard([told('acknowledged', '09:29', { by: ben })], ended).pages[0]?.state).toBe('resolved');
    expect(heard([told('reopened', '09:31')], ended).pages[0]?.state).toBe('ringing');
    // It goes on by itself until it hears of the end.
    const goesOn = [told('escalated', '09:31'), told('unacknowledged', '09:32'), told('reassigned', '09:33')];
    expect(heard(goesOn, ended).pages[0]?.state).toBe('resolved');
    expect(heard([told('reopened', '09:29')], ended).pages[0]?.state).toBe('resolved');
  });

  it('resolves the incident where the policy lets it, when no other page is open', () => {
    const led = thePolicy({ paging: paging({ follow: { inward: ['resolve', 'reopen'], outward: [] } }), services });
    expect(heard([told('resolved', '09:30')], {}, led)).toMatchObject({ status: 'resolved' });
    expect(heard([told('resolved', '09:30')])).toMatchObject({ status: 'investigating' });
    const back = heard([told('resolved', '09:30'), told('reopened', '09:40')], {}, led);
    expect(back).toMatchObject({ status: 'investigating', pages: [{ state: 'ringing' }] });
    const other = aPage({ number: 2, target: commanders });
    const events = decided(
      { type: 'reportPageState', page: 1, ...told('resolved', '09:30') },
      anIncident({ pages: [aPage(), other] }),
      led,
    );
    expect(events).toMatchObject([{ type: 'pageResolved' }]);
  });

  it('counts as acknowledged from when somebody took it there', () => {
    const incident = heard([told('acknowledged', '09:10', { by: ben })]);
    const event: IncidentEvent = {
      type: 'pageAcknowledged',
      number: 1,
      by: ben,
      when: at('09:10'),
      where: 'pagerduty',
    };
    expect(milestonesOf(incident, [{ event, by: 'pagerduty', at: at('09:25') }]).acknowledged).toEqual(at('09:10'));
  });

  it('has the last notes at hand, however many come', () => {
    const events = Array.from({ length: 500 }, (_, index): IncidentEvent => {
      return { type: 'pageAnnotated', number: 1, text: `note ${index}` };
    });
    const start = anIncident({ pages: [aPage()] });
    const [page] = events.reduce((so_far, event) => evolve(so_far, event, { by: 'pagerduty', at: now }), start).pages;
    expect(page?.notes.length).toBeLessThan(50);
    expect(page?.notes.slice(-3)).toMatchObject([{ text: 'note 497' }, { text: 'note 498' }, { text: 'note 499' }]);
  });

  it('knows who somebody is, once that is known', () => {
    const incident = heard([told('acknowledged', '09:10', { by: ben })]);
    const known = { type: 'reportPageTaker', page: 1, account: 'PUSRBEN', person: 'U0BEN' };
    expect(decided(known, incident)).toEqual([
      { type: 'pageTakerKnown', number: 1, account: 'PUSRBEN', person: 'U0BEN' },
    ]);
    expect(decided({ ...known, account: 'PUSRDEV' }, incident)).toEqual([]);
  });
});

describe('when the incident ends', () => {
  const ringing = anIncident({ pages: [aPage(), aPage({ number: 2, target: commanders, state: 'resolved' })] });
  const over = { type: 'pageResolved', number: 1, when: now, where: 'slack' };

  it.each<[string, object]>([
    ['resolved', { type: 'resolve', impact: { felt: 'unknown' } }],
    ['cancelled', { type: 'cancel' }],
    ['merged', { type: 'merge', into: { id: 'inc_9', number: 9, isOver: false, isPrivate: false } }],
  ])('%s, nobody is rung any more', (_, command) => expect(pagesIn(decided(command, ringing))).toEqual([over]));

  it('what the policy keeps apart goes on', () => {
    const apart = thePolicy({ paging: paging({ follow: { inward: [], outward: [] } }), services });
    expect(pagesIn(decided({ type: 'cancel' }, ringing, apart))).toEqual([]);
  });

  it('and comes back, those rung by its severity are rung again, and nobody else', () => {
    const pages = [
      aPage({ state: 'resolved' }),
      aPage({ number: 2, target: commanders, state: 'resolved', cause: 'asked' }),
    ];
    const back = decided({ type: 'reopen' }, anIncident({ status: 'resolved', pages }));
    expect(pagesIn(back)).toEqual([{ type: 'pageReopened', number: 1, when: now, where: 'slack' }]);
    if (typeof back === 'string') throw new Error(back);
    const again = back.reduce((one, event) => evolve(one, event, { by: 'x', at: now }), anIncident({ pages }));
    const since = { way: 'pagerduty', since: now };
    expect(again.pages[0]).toMatchObject({ state: 'ringing', ways: [{ ...since, outcome: 'waiting' }] });
    const over = { type: 'reportPageState', page: 1, what: 'resolved', at: now, assigned: [] };
    expect(pagesIn(decided(over, again))).toEqual([]);
    // Rung anew by an escalation it was not over before.
    const bySecond = aPage({
      ways: [{ way: 'second-key', outcome: 'accepted', since: at('09:00') }],
      rungAt: at('09:10'),
    });
    expect(pagesIn(decided(over, anIncident({ pages: [bySecond] })))).toMatchObject([{ type: 'pageResolved' }]);
    const late = { type: 'reportPageWay', page: 1, way: 'pagerduty', outcome: 'late' };
    const ways = thePolicy({ paging: paging({ secondWays: ['mail'] }), services });
    expect(decided(late, again, ways)).toMatchObject([{ type: 'pageFailed', late: true, next: 'mail' }]);
  });
});

/** Every way to play the thirds of it. */
function orders<T>(all: T[]): [T[], T[], T[]][] {
  const third = Math.ceil(all.length / 3);
  const [a = [], b = [], c = []] = [all.slice(0, third), all.slice(third, 2 * third), all.slice(2 * third)];
  const thirds = [a, b, c].flatMap((part) => [part, part.toReversed()]);
  return thirds.flatMap((x) =>
    thirds.flatMap((y) =>
      thirds.flatMap((z): [T[], T[], T[]][] => (new Set([...x, ...y, ...z]).size === all.length ? [[x, y, z]] : [])),
    ),
  );
}
