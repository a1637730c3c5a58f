import { describe, expect, it } from '@jest/globals';
import { pagerDutyReadToken } from '../../sandbox/pagerduty/wire.ts';
import { open } from './open.ts';
import { anIncident, type Json, type Loose, pagerOf } from './pager.ts';

const errorOf = ({ body }: { body: Json }) => body.error as { code: number; message: string; errors?: string[] };
const reference = (id: string, kind: string) => ({ id, type: `${kind}_reference` });

describe('who asks', () => {
  it.each([
    ['no token', { authorization: undefined }],
    ['another token', { authorization: 'Token token=other' }],
    ['the token as a bearer', { authorization: 'Bearer sandbox+PagerDuty+1' }],
  ])('is refused with %s', async (_, headers) => {
    await using opened = await open();
    const reply = await pagerOf(opened).rest('GET', '/users', undefined, headers);
    expect([reply.status, errorOf(reply).code]).toEqual([401, 2006]);
  });

  it('is refused once the token is revoked, and may only look with a token for reading', async () => {
    await using opened = await open();
    const { rest, create } = pagerOf(opened);
    const authorization = `Token token=${pagerDutyReadToken}`;
    expect((await rest('GET', '/users', undefined, { authorization })).status).toBe(200);
    expect((await create({}, { authorization })).status).toBe(403);
    await opened.client.pagerduty.revokeToken();
    expect((await rest('GET', '/users')).status).toBe(401);
    await opened.client.pagerduty.revokeToken(false);
    expect((await rest('GET', '/users')).status).toBe(200);
    expect(await opened.client.violations()).toEqual([]);
  });

  it('says as whom it writes: no From is a violation, an unknown one is refused', async () => {
    await using opened = await open();
    const { create } = pagerOf(opened);
    expect(errorOf(await create({}, { from: undefined })).code).toBe(2001);
    expect(await opened.client.violations()).toMatchObject([{ what: expect.stringMatching(/From/) }]);
    expect(errorOf(await create({}, { from: 'sam@partner.example' })).code).toBe(1008);
    expect(await opened.client.violations()).toHaveLength(1);
  });

  it('says which version it wants, and names only parameters that there are', async () => {
    await using opened = await open();
    const { rest } = pagerOf(opened);
    await rest('GET', '/users', undefined, { accept: 'application/json' });
    await rest('GET', '/incidents?status=triggered&ids[]=Q1');
    const said = (await opened.client.violations()).map(({ what }) => what);
    expect(said).toEqual([expect.stringMatching(/version=2/), expect.stringMatching(/status, ids\[\]/)]);
  });

  it('may ask 960 times a minute and is told how often still', async () => {
    await using opened = await open();
    await opened.client.clock.freeze();
    const { rest } = pagerOf(opened);
    const first = await rest('GET', '/abilities');
    expect(first.headers.get('ratelimit-remaining')).toBe('959');
    for (let batch = 0; batch < 10; batch += 1)
      await Promise.all(Array.from({ length: 96 }, () => rest('GET', '/abilities')));
    const last = await rest('GET', '/abilities');
    expect([last.status, errorOf(last).code, last.headers.get('ratelimit-reset')]).toEqual([429, 2020, '60']);
  });
});

describe('an incident over REST', () => {
  it('is created, found by its key, and created once', async () => {
    await using opened = await open();
    const { create, rest } = pagerOf(opened);
    const made = await create({
      incident_key: 'inc_1:page_1',
      urgency: 'low',
      priority: reference('PPRIOR2', 'priority'),
      body: { type: 'incident_body', details: 'Nobody can pay' },
    });
    expect([made.status, made.body.incident]).toMatchObject([
      201,
      {
        type: 'incident',
        incident_number: 1,
        status: 'triggered',
        urgency: 'low',
        incident_key: 'inc_1:page_1',
        service: { id: 'PSVCCHK', type: 'service_reference', summary: 'Checkout' },
        escalation_policy: { id: 'PEPCHK' },
        priority: { id: 'PPRIOR2', summary: 'P2' },
        last_status_change_by: { id: 'PUSRANA', type: 'user_reference' },
        html_url: expect.stringMatching(/\/pagerduty\/incidents\/Q/),
      },
    ]);
    const again = await create({ incident_key: 'inc_1:page_1' });
    expect(again.status).toBe(400);
    expect(errorOf(again)).toEqual({
      message: 'Arguments Caused Error',
      code: 2002,
      errors: ['Open incident with matching dedup key already exists on this service'],
    });
    const found = (await rest('GET', '/incidents?incident_key=inc_1:page_1')).body as Loose;
    expect(found).toMatchObject({
      incidents: [{ incident_number: 1 }],
      limit: 25,
      offset: 0,
      more: false,
      total: null,
    });
    expect(await opened.client.violations()).toEqual([]);
  });

  it.each<[string, Json, number]>([
    ['no title', { title: undefined }, 2001],
    ['a long title', { title: 'x'.repeat(1025) }, 2001],
    ['another type', { type: 'issue' }, 2001],
    ['no service', { service: undefined }, 2001],
    ['a service by its name', { service: 'Checkout' }, 2001],
    ['another urgency', { urgency: 'medium' }, 2001],
    ['a body without a type', { body: { details: 'x' } }, 2001],
  ])('with %s is refused, and that is a violation', async (_, wrong, code) => {
    await using opened = await open();
    const reply = await pagerOf(opened).create(wrong);
    expect([reply.status, errorOf(reply).code]).toEqual([400, code]);
    expect(await opened.client.violations()).toMatchObject([{ kind: 'pagerduty' }]);
  });

  it.each<[string, Json, number]>([
    ['a service that is gone', { service: reference('PSVCOLD', 'service') }, 5002],
    ['a service that nobody is on call for', { service: reference('PSVCEMP', 'service') }, 1015],
    ['a policy that is none', { escalation_policy: reference('PEPOLD', 'escalation_policy') }, 1014],
    ['a user who is none', { assignments: [{ assignee: reference('PUSRSAM', 'user') }] }, 1007],
    ['a priority that is none', { priority: reference('PPRIOR9', 'priority') }, 1020],
  ])('for %s is refused, which is no violation', async (_, wrong, code) => {
    await using opened = await open();
    const reply = await pagerOf(opened).create(wrong);
    expect([reply.status, errorOf(reply).code]).toEqual([400, code]);
    expect(await opened.client.violations()).toEqual([]);
  });

  it('goes to a policy or to a person, and not to both', async () => {
    await using opened = await open();
    const { create } = pagerOf(opened);
    const policy = { escalation_policy: reference('PEPINC', 'escalation_policy') };
    const person = { assignments: [{ assignee: reference('PUSRBEN', 'user') }] };
    expect((await create({ ...policy, ...person })).status).toBe(400);
    expect(((await create(policy)).body as Loose).incident.escalation_policy.id).toBe('PEPINC');
    expect(((await create(person)).body as Loose).incident).toMatchObject({
      assigned_via: 'direct_assignment',
      assignments: [{ assignee: { id: 'PUSRBEN' } }],
    });
  });

  it('is acknowledged by whoever pages themselves', async () => {
    await using opened = await open();
    const assignments = [{ assignee: reference('PUSRANA', 'user') }];
    const made = (await pagerOf(opened).create({ assignments })).body as Loose;
    expect(made.incident).toMatchObject({
      status: 'acknowledged',
      acknowledgements: [{ acknowledger: { id: 'PUSRANA' } }],
    });
  });

  it('is changed: acknowledged, raised, given away, resolved, opened again', async () => {
    await using opened = await open();
    await opened.client.pagerduty.setOnCall('PSCCHK', ['ben']);
    const { create, change } = pagerOf(opened);
    const { id } = ((await create()).body as Loose).incident;
    const changed = async (what: Json, from = 'ben@sandbox.example') =>
      ((await change(id, what, { from })).body as Loose).incident;
    expect(await changed({ status: 'acknowledged' })).toMatchObject({
      status: 'acknowledged',
      acknowledgements: [{ acknowledger: { id: 'PUSRBEN' } }],
    });
    expect(await changed({ escalation_level: 2 })).toMatchObject({
      status: 'triggered',
      assignments: [{ assignee: { id: 'PUSRDEV' } }],
      escalation_level: 2,
    });
    expect(await changed({ assignments: [{ assignee: reference('PUSRCHL', 'user') }] })).toMatchObject({
      assigned_via: 'direct_assignment',
      assignments: [{ assignee: { id: 'PUSRCHL' } }],
    });
    expect(await changed({ priority: 'P1', title: 'Checkout is down' })).toMatchObject({
      title: 'Checkout is down',
      priority: { summary: 'P1' },
    });
    expect(await changed({ status: 'resolved', resolution: 'Rolled back' })).toMatchObject({
      status: 'resolved',
      assignments: [],
    });
    expect(errorOf(await change(id, { status: 'resolved' })).code).toBe(1001);
    expect(await changed({ status: 'triggered' })).toMatchObject({ status: 'triggered', resolved_at: null });
    expect(errorOf(await change(id, { escalation_level: 4 })).code).toBe(1006);
    expect(errorOf(await change('QNONE', { status: 'resolved' })).code).toBe(5001);
    expect(await opened.client.violations()).toEqual([]);
  });

  it('is changed with others in one call, all or none', async () => {
    await using opened = await open();
    const { create, rest } = pagerOf(opened);
    const ids: string[] = [];
    for (let turn = 0; turn < 2; turn += 1) ids.push(((await create()).body as Loose).incident.id);
    const resolved = (id: string) => ({ id, type: 'incident_reference', status: 'resolved' });
    expect((await rest('PUT', '/incidents', { incidents: [...ids, 'QNONE'].map(resolved) })).status).toBe(404);
    const { body } = await rest('PUT', '/incidents', { incidents: ids.map(resolved) });
    expect((body as Loose).incidents.map(({ status }: Loose) => status)).toEqual(['resolved', 'resolved']);
    const many = Array.from({ length: 251 }, () => resolved(ids[0] ?? ''));
    expect((await rest('PUT', '/incidents', { incidents: many })).status).toBe(413);
  });

  it('keeps what is said and asked, and gives its log newest first', async () => {
    await using opened = await open();
    const { create, rest } = pagerOf(opened);
    const { id } = ((await create()).body as Loose).incident;
    const said = (path: string, body: Json) => rest('POST', `/incidents/${id}/${path}`, body);
    expect((await said('notes', { note: { content: 'Rolling back' } })).body.note).toMatchObject({
      content: 'Rolling back',
      user: { id: 'PUSRANA' },
    });
    expect((await said('status_updates', { message: 'Cards fail' })).body.status_update).toMatchObject({
      message: 'Cards fail',
      sender: { id: 'PUSRANA' },
    });
    expect((await said('snooze', { duration: 3600 })).status).toBe(201);
    const targets = [reference('PUSRCHL', 'user'), reference('PEPINC', 'escalation_policy')];
    const asked = await said('responder_requests', {
      requester_id: 'PUSRANA',
      message: 'Please help',
      responder_request_targets: targets.map((target) => ({ responder_request_target: target })),
    });
    expect((asked.body as Loose).responder_request.responder_request_targets).toMatchObject([
      {
        responder_request_target: {
          type: 'user',
          incidents_responders: [{ state: 'pending', user: { id: 'PUSRCHL' } }],
        },
      },
      { responder_request_target: { type: 'escalation_policy' } },
    ]);
    const { log_entries } = (await rest('GET', `/incidents/${id}/log_entries?limit=100`)).body as Loose;
    expect(log_entries.at(-1)).toMatchObject({ type: 'trigger_log_entry', agent: { id: 'PUSRANA' } });
    expect(log_entries[0]).toMatchObject({ type: 'responder_request_log_entry' });
    expect((await said('snooze', { duration: 0 })).status).toBe(400);
    expect((await said('notes', { content: 'x' })).status).toBe(400);
    expect(await opened.client.violations()).toHaveLength(3);
  });

  it('takes in others that have alerts or were made by hand, and they are resolved', async () => {
    await using opened = await open();
    const { create, trigger, follow, rest } = pagerOf(opened);
    await trigger('inc_1');
    await trigger('inc_2');
    const [one, other] = await opened.client.pagerduty.incidents();
    const bare = ((await create()).body as Loose).incident.id;
    const merged = (id: string) =>
      rest('PUT', `/incidents/${one?.id}/merge`, { source_incidents: [reference(id, 'incident')] });
    expect((await merged(bare)).status).toBe(400);
    const byHand = await opened.client.pagerduty.as('ana').open('PSVCSRC', 'Search is slow');
    expect((await merged(byHand.id)).status).toBe(200);
    expect(await merged(other?.id ?? '')).toMatchObject({
      status: 200,
      body: { incident: { id: one?.id, type: 'incident_reference' } },
    });
    expect(await opened.client.pagerduty.incident(other?.id ?? '')).toMatchObject({
      status: 'resolved',
      mergedInto: one?.id,
    });
    await follow('resolve', 'inc_2');
    expect(await opened.client.pagerduty.incident(one?.id ?? '')).toMatchObject({ status: 'triggered' });
    await follow('resolve', 'inc_1');
    expect(await opened.client.pagerduty.incident(one?.id ?? '')).toMatchObject({ status: 'resolved' });
  });
});

describe('lists', () => {
  it('come in pages, with more until the last', async () => {
    await using opened = await open();
    const { rest } = pagerOf(opened);
    const page = async (query: string) => (await rest('GET', `/users?${query}`)).body as Loose;
    expect(await page('limit=3')).toMatchObject({ more: true, total: null, users: [{}, {}, {}] });
    expect(await page('limit=3&offset=3&total=true')).toMatchObject({ more: false, total: 4, users: [{}] });
    for (const wrong of ['limit=101', 'limit=100&offset=9999', 'limit=x'])
      expect((await rest('GET', `/users?${wrong}`)).status).toBe(400);
  });

  it('know people by their e-mail, one of whom has no account', async () => {
    await using opened = await open();
    const { rest } = pagerOf(opened);
    const idsOf = async (query: string) =>
      ((await rest('GET', `/users?query=${query}`)).body as Loose).users.map(({ id }: Loose) => id);
    const people = await opened.client.people();
    const emailOf = (name: string) => people.find((one) => one.name === name)?.email ?? '';
    expect(await Promise.all(['ana', 'ben', 'chloe', 'dev', 'sam'].map((name) => idsOf(emailOf(name))))).toEqual([
      ['PUSRANA'],
      ['PUSRBEN'],
      ['PUSRCHL'],
      ['PUSRDEV'],
      [],
    ]);
  });

  it.each([
    ['services', ['PSVCCHK', 'PSVCSRC', 'PSVCEMP']],
    ['escalation_policies', ['PEPCHK', 'PEPSRC', 'PEPINC', 'PEPEMP']],
    ['schedules', ['PSCCHK', 'PSCSRC', 'PSCINC', 'PSCEMP']],
    ['priorities', ['PPRIOR1', 'PPRIOR2', 'PPRIOR3', 'PPRIOR4', 'PPRIOR5']],
  ])('have %s with ids that do not change', async (plural, ids) => {
    await using opened = await open();
    const { body } = await pagerOf(opened).rest('GET', `/${plural}`);
    expect((body as Loose)[plural].map(({ id }: Loose) => id)).toEqual(ids);
  });

  it('lose a service that is deleted, which then takes neither incidents nor events', async () => {
    await using opened = await open();
    const { rest, create, trigger } = pagerOf(opened);
    await opened.client.pagerduty.deleteService('PSVCCHK');
    expect((await rest('GET', '/services/PSVCCHK')).status).toBe(404);
    expect((await create()).status).toBe(400);
    expect((await trigger('inc_1')).status).toBe(400);
  });

  it('look a month back unless told', async () => {
    await using opened = await open();
    const { rest, create } = pagerOf(opened);
    await create();
    await opened.client.clock.forward({ days: 31 });
    await create(anIncident());
    const count = async (query: string) =>
      ((await rest('GET', `/incidents?${query}`)).body as Loose).incidents.map((one: Loose) => one.incident_number);
    expect(await count('statuses[]=triggered')).toEqual([2]);
    expect(await count('date_range=all&sort_by=created_at:desc')).toEqual([2, 1]);
  });
});

describe('who is on call', () => {
  it.each(['2026-01-06T08:59:59Z', '2026-01-07T13:27:00Z', '2026-01-16T23:30:00Z'])(
    'is the first of each schedule on the day on which the workspace begins, were it %s',
    async (start) => {
      await using opened = await open({ clock: { start: new Date(start), running: false } });
      const { rest } = pagerOf(opened);
      const firstOf = async (policy: string) =>
        ((await rest('GET', `/oncalls?escalation_policy_ids[]=${policy}`)).body as Loose).oncalls[0].user.id;
      const first = ['PUSRBEN', 'PUSRCHL', 'PUSRANA'];
      const all = () => Promise.all(['PEPCHK', 'PEPSRC', 'PEPINC'].map(firstOf));
      expect(await all()).toEqual(first);
      await opened.client.clock.forward({ hours: 23 });
      expect(await all()).toEqual(first);
      await opened.client.clock.forward({ hours: 1 });
      expect(await all()).toEqual(['PUSRCHL', 'PUSRCHL', 'PUSRANA']);
    },
  );

  it('turns with the schedule, level by level, and nobody is on an empty one', async () => {
    const monday = new Date('2026-01-05T09:00:00Z');
    await using opened = await open({ clock: { start: monday, running: false } });
    const { rest } = pagerOf(opened);
    const at = async (query: string) =>
      ((await rest('GET', `/oncalls?${query}`)).body as Loose).oncalls.map((one: Loose) => [
        one.escalation_level,
        one.user.id,
        one.start,
        one.end,
      ]);
    const policy = 'escalation_policy_ids[]=PEPCHK';
    const [first, second] = await at(policy);
    expect(first).toEqual([1, expect.stringMatching(/BEN|CHL/), '2026-01-05T09:00:00Z', '2026-01-06T09:00:00Z']);
    expect(second).toEqual([2, 'PUSRDEV', null, null]);
    const window = 'since=2026-01-05T10:00:00Z&until=2026-01-09T10:00:00Z';
    const week = await at(`schedule_ids[]=PSCCHK&${window}`);
    expect(week.map(([, user]: string[]) => user)).toEqual(
      [0, 1, 0, 1, 0].map((turn) => [first[1], otherThan(first[1])][turn]),
    );
    expect(await at(`schedule_ids[]=PSCCHK&${window}&earliest=true`)).toHaveLength(2);
    expect(await at('escalation_policy_ids[]=PEPEMP')).toEqual([]);
    expect((await rest('GET', '/oncalls?since=2026-01-01&until=2026-06-01')).status).toBe(400);
    await opened.client.pagerduty.setOnCall('PSCCHK', ['ana']);
    expect((await at(policy))[0]?.slice(0, 2)).toEqual([1, 'PUSRANA']);
  });
});

const otherThan = (user: string) => (user === 'PUSRBEN' ? 'PUSRCHL' : 'PUSRBEN');
