import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { routingKeys } from '../../sandbox/pagerduty/wire.ts';
import { eventually } from '../support/eventually.ts';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, chloe, bot, clock, faults, incidents, pagerduty } = story({
  paging: { PAGERDUTY_ROUTING_KEYS: `search=${routingKeys.search}` },
});

const declared = async (severity: 'sev1' | 'sev3' = 'sev1', more: object = {}) => {
  await ana.declares('Checkout is failing', { severity, services: ['checkout'], ...more });
  return ana.isInvitedTo(/^inc-1/);
};

/** The one page there is, at PagerDuty. */
const paged = () => pagerduty.waitForIncident(/Checkout is failing/);

describe('declaring', () => {
  it('wakes whom the severity demands, once, and shows it in the headline and its thread', async () => {
    const room = await declared();
    await room.headline(/Paged\W+Checkout on-call/);
    await room.shows(/Page to Checkout on-call[\s\S]*Accepted by PagerDuty/);
    await bot.settled();
    const [only, ...others] = await pagerduty.incidents();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ service: 'PSVCCHK', status: 'triggered', title: 'SEV1 #1 Checkout is failing' });
    expect(only?.alerts).toMatchObject([
      { key: expect.stringMatching(/^tocsin:inc_/), triggers: 1, severity: 'critical' },
    ]);
  });

  it('wakes nobody in a practice', async () => {
    await declared('sev1', { practice: true });
    await bot.settled();
    expect(await pagerduty.incidents()).toEqual([]);
  });

  it('says of a private incident its number and nothing else', async () => {
    await ana.declares('Data was taken', { severity: 'sev1', services: ['checkout'], summary: 'Names', private: true });
    await ana.isInvitedTo(/^inc-1/);
    await bot.settled();
    const [page] = await pagerduty.incidents();
    expect(page?.title).toBe('Private incident #1');
    expect(JSON.stringify(page)).not.toMatch(/Data was taken|Names/);
  });
});

describe('a page that is answered in PagerDuty', () => {
  it('is shown as taken, and whoever took it is in the channel', async () => {
    await pagerduty.setOnCall('PSCCHK', ['ben']);
    const room = await declared();
    const { id } = await paged();
    // Somebody who is not on call, so that nothing but this brings them in.
    await pagerduty.as('chloe').reassign(id, 'chloe');
    await pagerduty.as('chloe').acknowledge(id);
    await room.headline(new RegExp(`Checkout on-call: :white_check_mark: <@${chloe.id}> has it`));
    await chloe.isInvitedTo(/^inc-1/);
    await clock.forward({ minutes: 10 });
    await bot.settled();
  });

  it('rings on when it is escalated, and says where', async () => {
    const room = await declared();
    const { id } = await paged();
    await pagerduty.as('ben').escalate(id);
    await room.shows(/Page to Checkout on-call[\s\S]*ringing at/);
    await pagerduty.as('ben').annotate(id, 'The database is full');
    await room.shows(/Note of[\s\S]*The database is full/);
  });

  it('is over when it is resolved there; the incident goes on', async () => {
    const room = await declared();
    const { id } = await paged();
    await pagerduty.as('ben').acknowledge(id);
    await pagerduty.as('ben').resolve(id);
    await room.shows(new RegExp(`over; <@${ben.id}> had it`));
    expect(await incidents()).toMatchObject([{ status: 'investigating', pages: [{ state: 'resolved' }] }]);
  });

  it('is found to be taken also when no webhook comes', async () => {
    await faults.add({ kind: 'event-drop', type: 'pagerduty.*' });
    const room = await declared();
    const { id } = await paged();
    await bot.settled();
    await pagerduty.as('ben').acknowledge(id);
    await clock.forward({ seconds: 90 });
    await room.headline(new RegExp(`<@${ben.id}> has it`));
  });
});

describe('a page that is answered in Slack', () => {
  it('is acknowledged in PagerDuty in the name of whoever takes it', async () => {
    const room = await declared();
    const { id } = await paged();
    await room.shows(/I take it/);
    await ben.self().join(room.id);
    await ben.presses('I take it', room);
    await ben.sees(/You have it/, room);
    await room.headline(new RegExp(`<@${ben.id}> has it`));
    const there = await eventually('PagerDuty to know', async () => {
      const one = await pagerduty.incident(id);
      return one.status === 'acknowledged' ? one : undefined;
    });
    expect(there.acknowledgements).toMatchObject([{ user: 'PUSRBEN' }]);
    await bot.settled();
    expect((await incidents())[0]?.pages[0]?.takers).toHaveLength(1);
  });

  it('is escalated with a button, and shows whom it rings then', async () => {
    const room = await declared();
    const { id } = await paged();
    await room.headline(/ringing at Ben Okafor/);
    await ana.presses('Escalate', room);
    await ana.sees(/PagerDuty is asked to wake whoever comes next/, room);
    await room.headline(/Paged\W+Checkout on-call: :bell: ringing at (?!Ben)/);
    expect((await pagerduty.incident(id)).assignees).not.toMatchObject([{ user: 'PUSRBEN' }]);
  });

  it('that nobody takes is told to the commander, once, with what can be done about it', async () => {
    const room = await declared();
    await paged();
    await bot.settled();
    await clock.forward({ minutes: 6 });
    await ana.isTold(/Nobody has taken the page to Checkout on-call for 5 min[\s\S]*Escalate[\s\S]*Page someone else/);
    await room.headline(/nobody has taken it/);
    await ana.presses('I take it', await ana.dm());
    await room.headline(new RegExp(`<@${ana.id}> has it`));
  });
});

describe('a webhook', () => {
  const send = (body: string, signature: string) =>
    fetch(`${bot.url()}/webhooks/pagerduty`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-pagerduty-signature': signature },
      body,
    });
  const signed = (body: string) =>
    `v1=${createHmac('sha256', 'sandbox-pagerduty-webhook-secret').update(body).digest('hex')}`;

  it('that is not signed changes nothing; of an incident nobody knows neither, though it is welcome', async () => {
    await declared();
    const { id } = await paged();
    await bot.settled();
    const event = {
      id: '01FORGED',
      event_type: 'incident.resolved',
      resource_type: 'incident',
      occurred_at: (await clock.now()).toISOString(),
      agent: null,
      data: { id, type: 'incident', status: 'resolved' },
    };
    const body = JSON.stringify({ event });
    expect((await send(body, 'v1=00')).status).toBe(401);
    expect((await send(body, '')).status).toBe(401);
    const other = JSON.stringify({ event: { ...event, data: { ...event.data, id: 'PNOBODY' } } });
    expect((await send(other, signed(other))).status).toBe(202);
    expect((await send('{}', signed('{}'))).status).toBe(202);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ pages: [{ state: 'ringing' }] }]);
  });

  it('that comes twice, late and out of order leaves it as it is there', async () => {
    await faults.add({ kind: 'event-duplicate', type: 'pagerduty.*' });
    await faults.add({ kind: 'event-reorder', type: 'pagerduty.*', times: 2 });
    const room = await declared();
    const { id } = await paged();
    await pagerduty.as('ben').acknowledge(id);
    await pagerduty.as('ben').escalate(id);
    await pagerduty.as('ben').resolve(id);
    await room.shows(/Page to Checkout on-call[\s\S]*over/);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ pages: [{ state: 'resolved' }] }]);
  });
});

describe('both sides end together', () => {
  it('resolved here, it is resolved there, and reopened it rings again', async () => {
    const room = await declared();
    const { id } = await paged();
    await ana.types('/incident resolve now', room);
    const status = (wanted: string) =>
      eventually(`it to be ${wanted} there`, async () =>
        (await pagerduty.incidents()).some((one) => one.status === wanted) ? true : undefined,
      );
    await status('resolved');
    await bot.settled();
    expect((await pagerduty.incident(id)).status).toBe('resolved');
    await ana.types('/incident reopen it is back', room);
    await status('triggered');
    await bot.settled();
    expect(wordsOf(await room.headline(/Paged/))).toMatch(/ringing|not accepted/);
  });
});
