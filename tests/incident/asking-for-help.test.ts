import { describe, expect, it } from '@jest/globals';
import { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import type { Incident } from '../../src/incident/incident.ts';
import type { Page } from '../../src/incident/page.ts';
import { anIncident, at, thePolicy } from '../support/given.ts';
import { aPage, commanders, paging } from '../support/paging.ts';

const policy = thePolicy({ paging: paging() });
const asking = thePolicy({ paging: paging({ helpers: 'responders' }) });
const now = at('10:00');

function decided(command: unknown, incident: Incident, by = policy): IncidentEvent[] {
  const decision = decide(incident, Command.parse(command), now, by);
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.events;
}

/** The incident after what PagerDuty tells. */
const told = (incident: Incident, command: unknown): Incident =>
  decided(command, incident).reduce((one, event) => evolve(one, event, { by: 'pagerduty', at: now }), incident);

describe('asking for somebody to help with what rings', () => {
  const accepted = [{ way: 'pagerduty', outcome: 'accepted', since: at('09:00') }] as Page['ways'];
  const hostOf = (pages: Page[], whom: object = { person: 'U000000BEN' }, by = asking) => {
    const events = decided({ type: 'askPage', whom, why: 'help' }, anIncident({ pages }), by);
    return events.map((event) => 'host' in event && event.host);
  };

  it.each<[string, Page[], unknown[]]>([
    ['the first page that PagerDuty has', [aPage({ ways: accepted }), aPage({ number: 2, ways: accepted })], [1]],
    ['one that somebody has', [aPage({ ways: accepted, state: 'acknowledged' })], [1]],
    ['none that is over', [aPage({ ways: accepted, state: 'resolved' })], [false]],
    ['none that PagerDuty has not accepted', [aPage({})], [false]],
    ['no request', [aPage({ state: 'resolved' }), aPage({ number: 2, ways: accepted, host: 1 })], [false]],
  ])('takes %s', (_, pages, host) => expect(hostOf(pages)).toEqual(host));

  it('is for whom PagerDuty can name, and where the policy says so', () => {
    const pages = [aPage({ ways: accepted })];
    expect(hostOf(pages, { person: 'U000000BEN' }, policy)).toEqual([false]);
    const { escalationPolicy: _, ...byKeyAlone } = { ...asking.paging.targets.commanders, name: 'Commanders' };
    const targets = { ...asking.paging.targets, commanders: byKeyAlone };
    expect(hostOf(pages, { target: 'commanders' }, { ...asking, paging: { ...asking.paging, targets } })).toEqual([
      false,
    ]);
  });

  const people = [
    { account: 'PUSRBEN', name: 'Ben' },
    { account: 'PUSRCHL', name: 'Chloe' },
  ];
  const person = { kind: 'person', person: 'U000000BEN' } as const;
  const request = aPage({ number: 2, host: 1, target: person, ways: accepted, asked: { people, at: at('09:50') } });
  const incident = anIncident({ pages: [aPage({ ways: accepted }), request] });
  const heard = (reports: object[], before = incident): Page | undefined =>
    reports
      .reduce<Incident>((so, report) => told(so, { type: 'reportPageState', page: 2, assigned: [], ...report }), before)
      .pages.at(1);
  const [ben, chloe] = people;
  const says = (what: string, by: unknown, when: string) => ({ what, by, at: at(when) });

  it('goes on ringing until the last of them has declined', () => {
    const first = [says('declined', ben, '09:51')];
    expect(heard(first)).toMatchObject({ state: 'ringing', decliners: [ben] });
    expect(heard([...first, ...first])).toMatchObject({ state: 'ringing', decliners: [ben] });
    expect(heard([...first, says('declined', chloe, '09:52')])).toMatchObject({ state: 'declined' });
    expect(heard([...first, says('acknowledged', chloe, '09:52')])).toMatchObject({ state: 'acknowledged' });
  });

  it('stays with who has it, and goes from whoever cannot come after all, in whichever order it is heard', () => {
    const accepts = says('acknowledged', ben, '09:51');
    const declines = says('declined', ben, '09:52');
    for (const order of [
      [accepts, declines, says('declined', chloe, '09:53')],
      [declines, accepts, says('declined', chloe, '09:53')],
    ])
      expect(heard(order)).toMatchObject({ state: 'declined', takers: [] });
    expect(heard([accepts, says('declined', chloe, '09:50')])).toMatchObject({ state: 'acknowledged' });
    expect(heard([accepts, declines])).toMatchObject({ state: 'ringing', takers: [] });
    expect(heard([says('declined', ben, '09:50'), accepts])).toMatchObject({ state: 'acknowledged', takers: [ben] });
  });

  it('counts the answer of each by itself, however late it is heard', () => {
    const carols = [says('acknowledged', chloe, '09:52'), says('declined', chloe, '09:53')];
    expect(heard(carols)).toMatchObject({ state: 'ringing' });
    expect(heard([...carols, says('acknowledged', ben, '09:51')])).toMatchObject({
      state: 'acknowledged',
      takers: [ben],
    });
    const out = [says('declined', ben, '09:53'), says('acknowledged', ben, '09:51')];
    expect(heard([says('acknowledged', chloe, '09:52'), ...out])).toMatchObject({ takers: [chloe] });
    expect(heard([says('acknowledged', chloe, '09:52'), ...out, says('declined', chloe, '09:54')])).toMatchObject({
      state: 'declined',
    });
  });

  it('that a team is asked goes on, whoever of them declines', () => {
    const ofTeam = anIncident({ pages: [aPage({ ways: accepted }), { ...request, target: commanders }] });
    const all = people.map((by) => says('declined', by, '09:51'));
    expect(heard(all, ofTeam)).toMatchObject({ state: 'ringing', decliners: people });
  });

  it('that has not left yet outlives its host, to be a page of its own', () => {
    const { asked: _, ...waiting } = request;
    const pages = [aPage({ ways: accepted }), { ...waiting, ways: [] }];
    const report = { type: 'reportPageState', page: 1, what: 'resolved', at: at('09:55'), assigned: [] };
    expect(decided(report, anIncident({ pages }))).toMatchObject([{ type: 'pageResolved', number: 1 }]);
  });

  it('is over with its host, and goes no further', () => {
    const report = { type: 'reportPageState', page: 1, what: 'resolved', at: at('09:55'), assigned: [] };
    expect(decided(report, incident)).toMatchObject([
      { type: 'pageResolved', number: 1 },
      { type: 'pageResolved', number: 2 },
      // Nobody had answered, and the incident goes on.
      { type: 'pageAsked', number: 3, target: person, cause: 'asked' },
    ]);
    expect(() => decided({ type: 'escalatePage', page: 2 }, incident)).toThrow('request-goes-no-further');
  });

  it('is an incident of its own where PagerDuty could not be asked so', () => {
    const waiting = anIncident({ pages: [aPage({ ways: accepted }), aPage({ number: 2, host: 1 })] });
    const report = { type: 'reportPageWay', page: 2, way: 'pagerduty', outcome: 'accepted', outside: { id: 'Q2' } };
    const [, page] = told(waiting, report).pages;
    expect(page).toMatchObject({ outside: { id: 'Q2' } });
    expect(page?.host).toBeUndefined();
  });
});
