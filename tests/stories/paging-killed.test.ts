import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { story } from '../support/story.ts';

/** Whoever subscribed in PagerDuty gets the updates. */
const folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
const policyFile = join(folder, 'tocsin.yml');
afterAll(() => rmSync(folder, { recursive: true }));
const shipped = readFileSync('config/tocsin.yml', 'utf8');
writeFileSync(policyFile, shipped.replace('merge, severity]', 'merge, severity, updates]'));

const { ana, ben, bot, clock, faults, incidents, pagerduty, slack, tolerate } = story({
  bot: 'process',
  policyFile,
  paging: {},
});

// A bot that is gone acknowledges nothing.
beforeEach(() => tolerate('missing-ack'));

const triggers = async () =>
  (await slack.ledger()).filter(
    (entry) => entry.kind === 'call' && entry.method === 'pagerduty.events.trigger' && entry.applied,
  );

const updatesTaken = async () =>
  (await slack.ledger()).filter(
    (entry) => entry.kind === 'call' && entry.method === 'pagerduty.rest.incidents.status_updates' && entry.applied,
  ).length;
const callsOf = async (method: string) =>
  (await slack.ledger()).flatMap((entry) => (entry.kind === 'call' && entry.method === method ? [entry] : []));

const isHeard = async (type: string) =>
  (await slack.ledger()).find((entry) => entry.kind === 'delivery' && entry.type === type && entry.outcome === 'acked');

describe('kill -9', () => {
  it.each([
    ['before PagerDuty has heard of it', 0],
    ['when PagerDuty has just taken it', 1],
  ])('%s leaves one page, shown as accepted', async (_, taken) => {
    await ana.types('/incident');
    const { id } = await ana.form('Declare');
    await faults.add({ kind: 'latency', method: 'pagerduty.*', ms: 150 });
    const fields = { title: 'Checkout is failing', severity: 'sev1', services: ['checkout'] };
    expect(await ana.self().submit(fields, { view: id })).toMatchObject({ outcome: 'closed' });
    while ((await triggers()).length < taken) await new Promise((resolve) => setTimeout(resolve, 5));
    await bot.kill();
    await faults.clear();
    await bot.start();
    await bot.settled();
    await clock.forward({ seconds: 26 });

    const room = await ana.isInvitedTo(/^inc-1/);
    await room.shows(/Page to Checkout on-call[\s\S]*Accepted by PagerDuty/);
    await bot.settled();
    expect(await pagerduty.incidents()).toHaveLength(1);
    expect(await incidents()).toMatchObject([{ pages: [{ state: 'ringing' }] }]);
    expect((await slack.channels()).filter(({ name }) => name.startsWith('inc-'))).toHaveLength(1);
  });

  it.each([
    ['before PagerDuty was asked who is on call', 'pagerduty.rest.oncalls.list'],
    ['while whoever is on call is being invited', 'conversations.invite'],
  ])('%s invites them once', async (_, method) => {
    await pagerduty.setOnCall('PSCCHK', ['ben']);
    await pagerduty.setOnCall('PSCINC', []);
    await ana.types('/incident');
    // What the form asked is remembered by the bot that is killed.
    const { id } = await ana.form(/Ben Okafor/);
    const before = await callsOf(method);
    await faults.add({ kind: 'latency', method, ms: 1_000 });
    const fields = { title: 'Checkout is failing', severity: 'sev1', services: ['checkout'] };
    expect(await ana.self().submit(fields, { view: id })).toMatchObject({ outcome: 'closed' });
    await eventually(`${method} to be called`, async () =>
      (await callsOf(method))
        .slice(before.length)
        .some(({ args }) => method !== 'conversations.invite' || args.users === ben.id)
        ? true
        : undefined,
    );
    await bot.kill();
    await faults.clear();
    await bot.start();
    await bot.settled();
    await clock.forward({ seconds: 26 });
    await ben.isInvitedTo(/^inc-1/);
    await bot.settled();
    const invited = (await callsOf('conversations.invite')).filter(
      ({ args, applied }) => applied && args.users === ben.id,
    );
    expect(invited).toHaveLength(1);
  });

  it('when PagerDuty has just heard that the bot has its webhook loses nothing of it', async () => {
    await ana.declares('Checkout is failing', { severity: 'sev1', services: ['checkout'] });
    const room = await ana.isInvitedTo(/^inc-1/);
    await room.headline(/ringing at/);
    const { id } = await pagerduty.waitForIncident(/Checkout is failing/);
    await pagerduty.as('ben').annotate(id, 'The database is full');
    await eventually('PagerDuty to have heard', () => isHeard('pagerduty.incident.annotated'));
    await bot.kill();
    await bot.start();
    // What Slack was being told when it was killed is told again once that can no longer arrive.
    await bot.settled();
    await clock.forward({ seconds: 26 });
    await room.shows(/Note of[\s\S]*The database is full/);
    await bot.settled();
    expect((await incidents())[0]?.pages[0]?.notes).toHaveLength(1);
  });

  it('when PagerDuty has just taken an update leaves its subscribers with one', async () => {
    await ana.declares('Checkout is failing', { severity: 'sev3', services: ['checkout'] });
    const room = await ana.isInvitedTo(/^inc-1/);
    await room.headline(/ringing at/);
    await bot.settled();
    await faults.add({ kind: 'lost-reply', method: 'pagerduty.rest.incidents.status_updates', times: 1 });
    await ana.types('/incident update One in ten payments fails', room);
    await eventually('PagerDuty to have it', async () => (await updatesTaken()) > 0 || undefined);
    await bot.kill();
    await bot.start();
    await bot.settled();
    await clock.forward({ seconds: 61 });
    await bot.settled();
    const [page] = await pagerduty.incidents();
    expect(page?.statusUpdates.map(({ message }) => message)).toEqual(['One in ten payments fails']);
  });
});
