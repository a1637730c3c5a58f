import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { routingKeys } from '../../sandbox/pagerduty/wire.ts';
import { eventually } from '../support/eventually.ts';
import { story } from '../support/story.ts';

/** Each side follows the other in everything, and severities have priorities. */
const folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
const policyFile = join(folder, 'tocsin.yml');
afterAll(() => rmSync(folder, { recursive: true }));
const changed = readFileSync('config/tocsin.yml', 'utf8')
  .replace('inward: []', 'inward: [resolve, reopen, merge, severity]')
  .replace('severity: critical, urgency: high', 'severity: critical, urgency: high, priority: PPRIOR1')
  .replace('severity: warning, urgency: high', 'severity: warning, urgency: high, priority: PPRIOR3')
  .replace('service: PSVCSRC,', 'service: PSVCSRC, routingKey: search,')
  .replace('incidentAdmins: []', 'incidentAdmins: [U0000000ANA]');
writeFileSync(policyFile, changed);

const { ana, bot, clock, faults, incidents, pagerduty } = story({
  policyFile,
  paging: { PAGERDUTY_ROUTING_KEYS: `search=${routingKeys.search}` },
});

async function declared(title: string, service: string, number: number) {
  await ana.declares(title, { severity: 'sev3', services: [service] });
  const room = await ana.isInvitedTo(new RegExp(`^inc-${number}`));
  const page = await pagerduty.waitForIncident(new RegExp(title));
  await bot.settled();
  return { room, id: page.id };
}

const stands = (number: number, status: string) =>
  eventually(`#${number} to be ${status}`, async () =>
    (await incidents()).find((one) => one.number === number && one.status === status),
  );
const there = (id: string, what: string, is: (one: Awaited<ReturnType<typeof pagerduty.incident>>) => boolean) =>
  eventually(`${id} to be ${what} there`, async () => {
    const one = await pagerduty.incident(id);
    return is(one) ? one : undefined;
  });

describe('where the policy has each side follow the other', () => {
  it('what is resolved and reopened there is so here, and nothing echoes', async () => {
    const { id } = await declared('Checkout is failing', 'checkout', 1);
    await pagerduty.as('ben').resolve(id);
    await stands(1, 'resolved');
    await pagerduty.as('ben').reopen(id);
    await stands(1, 'investigating');
    await bot.settled();
    expect(await pagerduty.incident(id)).toMatchObject({ status: 'triggered' });
  });

  it('the severity is a priority there, and a priority there is the severity', async () => {
    const { room, id } = await declared('Checkout is failing', 'checkout', 1);
    await ana.types('/incident sev 1 it spreads', room);
    await there(id, 'P1', ({ priority }) => priority === 'P1' || priority === 'PPRIOR1');
    await bot.settled();
    await pagerduty.as('ben').prioritize(id, 'P3');
    await eventually('SEV3', async () => ((await incidents())[0]?.severity === 'sev3' ? true : undefined));
    await bot.settled();
    expect((await incidents())[0]?.severity).toBe('sev3');
  });

  it('what is merged here is merged there', async () => {
    const first = await declared('Checkout is failing', 'checkout', 1);
    const second = await declared('Index is stale', 'search', 2);
    await ana.types('/incident merge 1', second.room);
    await stands(2, 'merged');
    await there(second.id, 'resolved', ({ status }) => status === 'resolved');
    await bot.settled();
    expect(await pagerduty.incident(first.id)).toMatchObject({ status: 'triggered' });
  });

  it('what is merged there is merged here', async () => {
    const first = await declared('Checkout is failing', 'checkout', 1);
    const second = await declared('Index is stale', 'search', 2);
    await pagerduty.as('ben').merge(second.id, first.id);
    expect(await stands(2, 'merged')).toMatchObject({ mergedInto: { number: 1 } });
    await bot.settled();
    expect(await incidents()).toMatchObject([{ number: 2 }, { number: 1, status: 'investigating' }]);
  });
});

describe('while PagerDuty does not hear of it, it goes on to the next by itself', () => {
  async function unheard(doing: (room: Awaited<ReturnType<typeof declared>>['room']) => Promise<unknown>) {
    const { room, id } = await declared('Checkout is failing', 'checkout', 1);
    await faults.outage(true, 'pagerduty.rest');
    await faults.outage(true, 'pagerduty.events');
    await room.shows(/I take it/);
    await doing(room);
    await clock.forward({ minutes: 6 });
    await there(id, 'at the next level', ({ level }) => level === 2);
    await bot.settled();
    await faults.outage(false, 'pagerduty.rest');
    await faults.outage(false, 'pagerduty.events');
    await clock.forward({ minutes: 2 });
    return { room, id };
  }

  it('and whoever took it has it all the same', async () => {
    const { room, id } = await unheard((here) => ana.presses('I take it', here));
    await there(id, 'acknowledged', ({ status }) => status === 'acknowledged');
    await bot.settled();
    await room.headline(/Paged.*U0000000ANA> has it/);
  });

  it('and whoever took it and then wanted the next woken has it no more', async () => {
    const { room, id } = await unheard(async (here) => {
      await ana.presses('I take it', here);
      await here.headline(/Paged.*U0000000ANA> has it/);
      await clock.forward({ seconds: 1 });
      await ana.presses('Escalate', here);
      await here.headline(/Paged.*ringing/);
    });
    await bot.settled();
    expect(await pagerduty.incident(id)).toMatchObject({ status: 'triggered' });
    await room.headline(/Paged.*nobody has taken it/);
  });

  it('and what was ended here ends there', async () => {
    const { id } = await unheard(async (here) => {
      await ana.types('/incident resolve', here);
      await ana.submits({ felt: 'no' });
      await stands(1, 'resolved');
    });
    await there(id, 'resolved', ({ status }) => status === 'resolved');
  });
});

describe('a token that PagerDuty refuses', () => {
  it('is told to the incident admins, and what people did is done once it is put right', async () => {
    const { room, id } = await declared('Checkout is failing', 'checkout', 1);
    await pagerduty.revokeToken();
    await room.shows(/I take it/);
    await ana.presses('I take it', room);
    await ana.isTold(/PagerDuty refuses my token/);
    await room.headline(/has it/);
    await pagerduty.revokeToken(false);
    await clock.forward({ minutes: 2 });
    await there(id, 'acknowledged', ({ status }) => status === 'acknowledged');
  });
});
