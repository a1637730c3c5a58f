import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OnCall, PagerIncidents } from '../../src/integrations/contracts.ts';
import { createPagerDuty, type PagerDuty } from '../../src/integrations/pagerduty/pagerduty.ts';
import { secret } from '../../src/secret.ts';
import { type LocalServer, localServer } from '../support/local-server.ts';
import { ana, anIncident, ben, chloe, policyReference, refusal } from '../support/pagerduty-bodies.ts';

let server: LocalServer;
let pagerDuty: PagerDuty;
beforeEach(async () => {
  server = await localServer();
  const rest = { token: secret('canary-token'), from: 'tocsin@example.com' };
  const settings = { rest, routingKeys: {}, apiUrl: server.url, eventsUrl: server.url, webhookSecrets: [] };
  pagerDuty = createPagerDuty(settings, { within: 1_000 });
});
afterEach(async () => {
  pagerDuty.close();
  await server[Symbol.asyncDispose]();
});
const onCall = () => pagerDuty.onCall as OnCall;
const incidents = () => pagerDuty.pager.incidents as PagerIncidents;

const now = new Date('2026-03-02T09:00:00Z');
const day = (number: number) => `2026-03-${String(number).padStart(2, '0')}T08:00:00+00:00`;
const schedule = { id: 'PSCCHK', type: 'schedule_reference', summary: 'Checkout on-call' };
const shift = (user: object, level: number, start: string | null, end: string | null) => ({
  user,
  escalation_level: level,
  escalation_policy: policyReference,
  schedule: start ? schedule : null,
  start,
  end,
});
const page = (oncalls: object[], more = false) => ({ body: { oncalls, more, limit: 100, offset: 0 } });

describe('who is on call', () => {
  it('is told by level, now and next', async () => {
    server.answers(
      page([
        shift({ ...ben, email: 'ben@example.com' }, 1, day(2), day(3)),
        shift(chloe, 1, day(3), day(4)),
        shift(ben, 1, day(4), day(5)),
        shift(ana, 2, null, null),
      ]),
    );
    expect(await onCall().duty({ escalationPolicy: 'PEPCHK' }, now)).toEqual([
      {
        level: 1,
        now: [
          {
            person: { id: 'PUSRBEN', name: 'Ben Okafor', email: 'ben@example.com' },
            schedule: { id: 'PSCCHK', name: 'Checkout on-call' },
            from: new Date(day(2)),
            until: new Date(day(3)),
          },
        ],
        next: [expect.objectContaining({ person: { id: 'PUSRCHL', name: 'Chloe Martin' }, from: new Date(day(3)) })],
      },
      { level: 2, now: [{ person: { id: 'PUSRANA', name: 'Ana Lima' } }], next: [] },
    ]);
    const query = new URL(server.received[0]?.path ?? '', server.url).searchParams;
    expect(query.getAll('escalation_policy_ids[]')).toEqual(['PEPCHK']);
    expect(query.get('since')).toBe('2026-03-02T09:00:00.000Z');
    expect(query.get('until')).toBe('2026-03-17T09:00:00.000Z');
  });

  it('is nobody where a schedule is empty', async () => {
    server.answers(page([]));
    expect(await onCall().duty({ escalationPolicy: 'PEPEMP' }, now)).toEqual([]);
  });

  it('names a person once who is on call twice over', async () => {
    server.answers(page([shift(ben, 1, day(2), day(3)), shift(ben, 1, null, null)]));
    expect(await onCall().duty({ escalationPolicy: 'PEPCHK' }, now)).toMatchObject([
      { now: [{ person: { id: 'PUSRBEN' } }] },
    ]);
  });

  it('is known for a service by its escalation policy, and not for one that was deleted', async () => {
    server.answers(
      { body: { service: { id: 'PSVCSRC', type: 'service', name: 'Search', escalation_policy: policyReference } } },
      page([shift(ben, 1, day(2), day(3))]),
      { status: 404, body: refusal(2100, 'Not Found') },
    );
    expect(await onCall().duty({ service: 'PSVCSRC' }, now)).toMatchObject([{ level: 1 }]);
    expect(server.received[1]?.path).toContain('escalation_policy_ids%5B%5D=PEPSRC');
    await expect(onCall().duty({ service: 'PSVCSRC' }, now)).rejects.toMatchObject({ name: 'Gone' });
  });

  it('is read from a schedule that no escalation policy uses', async () => {
    const entries = [
      { start: '2026-03-02T08:00:00-05:00', end: '2026-03-09T08:00:00-05:00', user: ana },
      { start: '2026-02-23T08:00:00-05:00', end: '2026-03-02T08:00:00-05:00', user: ben },
    ];
    server.answers({
      body: { schedule: { ...schedule, name: 'Commanders', final_schedule: { rendered_schedule_entries: entries } } },
    });
    expect(await onCall().duty({ schedule: 'PSCINC' }, now)).toMatchObject([
      {
        level: 1,
        now: [{ person: { id: 'PUSRBEN' }, schedule: { name: 'Commanders' } }],
        next: [{ person: { id: 'PUSRANA' } }],
      },
    ]);
  });
});

describe('the next level of an escalation policy', () => {
  const oncalls = [
    shift(ben, 1, day(2), day(3)),
    shift(chloe, 2, null, null),
    shift(ana, 2, null, null),
    shift(ben, 4, null, null),
  ];
  const assigned = (...people: object[]) => ({ assignments: people.map((assignee) => ({ assignee })) });

  it.each<[string, object, number | undefined]>([
    ['the second after the first', assigned(ben), 2],
    ['the fourth after the second, since nobody is on call on the third', assigned(chloe, ana), 4],
    ['the fourth when one of the second is left', assigned(ana), 4],
    ['the first for a page to a person', { ...assigned(chloe), assigned_via: 'direct_assignment' }, 1],
    ['none when it is over', { ...assigned(), status: 'resolved' }, undefined],
  ])('is %s', async (_, over, expected) => {
    server.answers({ body: { incident: anIncident(over) } }, page(oncalls));
    expect(await incidents().nextLevel('PT4KHLK')).toBe(expected);
  });

  it('is none after the last', async () => {
    server.answers(
      { body: { incident: anIncident(assigned(chloe)) } },
      page([shift(ben, 1, null, null), shift(chloe, 2, null, null)]),
    );
    expect(await incidents().nextLevel('PT4KHLK')).toBeUndefined();
  });
});

describe('the account', () => {
  it('is read to the last page', async () => {
    const services = Array.from({ length: 250 }, (_, at) => ({ id: `P${at}`, name: `Service ${at}`, type: 'service' }));
    server.answers(({ path }) => {
      const { searchParams } = new URL(path, server.url);
      const offset = Number(searchParams.get('offset'));
      return {
        body: { services: services.slice(offset, offset + Number(searchParams.get('limit'))), more: offset < 200 },
      };
    });
    expect(await onCall().services()).toHaveLength(250);
    expect(server.received).toHaveLength(3);
  });

  it('finds a person by the whole e-mail, whatever its case', async () => {
    const users = [
      { ...ben, name: 'Ben Okafor', email: 'bigben@example.com' },
      { ...chloe, name: 'Ben', email: 'Ben@Example.com' },
    ];
    server.answers({ body: { users, more: false } });
    expect(await onCall().personByEmail('ben@example.com')).toEqual({
      id: 'PUSRCHL',
      name: 'Ben',
      email: 'Ben@Example.com',
    });
    expect(await onCall().personByEmail('en@example.com')).toBeUndefined();
  });

  it('knows when a person is gone', async () => {
    server.answers({ status: 404, body: refusal(2100, 'Not Found') });
    expect(await onCall().person('PUSRSAM')).toBeUndefined();
  });

  it('may have no priorities', async () => {
    server.answers(
      { status: 404, body: refusal(2100, 'Not Found') },
      { body: { priorities: [{ id: 'P1', name: 'P1' }] } },
    );
    expect(await onCall().priorities()).toEqual([]);
    expect(await onCall().priorities()).toEqual([{ id: 'P1', name: 'P1' }]);
  });
});
