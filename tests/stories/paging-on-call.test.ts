import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { routingKeys } from '../../sandbox/pagerduty/wire.ts';
import { eventually } from '../support/eventually.ts';
import { wordsOf, wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

/** Search has a routing key of its own, so that it is paged beside those who share the common one; nobody is on call for the website. */
const folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
const policyFile = join(folder, 'tocsin.yml');
writeFileSync(
  policyFile,
  readFileSync('config/tocsin.yml', 'utf8')
    .replace('website: { name: Website }', 'website: { name: Website, paging: website }')
    .replace('search: { name: Search on-call,', '$& routingKey: search,')
    .replace(
      '  targets:\n',
      '$&    website: { name: Website on-call, routingKey: website, service: PSVCEMP, escalationPolicy: PEPEMP }\n',
    ),
);
afterAll(() => rmSync(folder, { recursive: true }));

const { ana, ben, chloe, dev, bot, clock, faults, incidents, pagerduty, slack } = story({
  policyFile,
  paging: { PAGERDUTY_ROUTING_KEYS: `search=${routingKeys.search},website=${routingKeys.empty}` },
});

beforeEach(async () => {
  await pagerduty.setOnCall('PSCCHK', ['ben']);
  await pagerduty.setOnCall('PSCSRC', ['chloe']);
  await pagerduty.setOnCall('PSCINC', ['dev']);
});

/** What the form that is open before Ana says about who is woken, once it says so. */
const says = (pattern: RegExp) => ana.form(pattern);
const chooses = async (field: string, value: string | string[]) => {
  const { id } = await ana.form('Declare an incident');
  await ana.self().choose(field, value, { view: id });
};
const calls = async (method: string) =>
  (await slack.ledger()).filter((entry) => entry.kind === 'call' && entry.method === method).length;
const invitations = async (person: { id: string }) =>
  (await slack.ledger()).filter(
    (entry) =>
      entry.kind === 'call' &&
      entry.method === 'conversations.invite' &&
      entry.applied &&
      entry.args.users === person.id,
  ).length;
const peopleOf = async () => (await slack.channels()).find(({ name }) => name.startsWith('inc-'))?.members ?? [];

describe('the form to declare', () => {
  it('says who would be woken, and follows what is chosen', async () => {
    await ana.types('/incident');
    await says(/This pages \*Checkout on-call\* \(Ben Okafor, then Dev Patel\)/);
    await chooses('services', ['search']);
    await says(/This pages \*Search on-call\* \(Chloe[^)]*\) and \*Incident commanders\* \(Dev Patel/);
    await chooses('severity', 'sev4');
    await says(/Nobody is paged at SEV4/);
    await chooses('severity', 'sev1');
    await chooses('kind', ['private']);
    await says(/This pages \*Search on-call\*[\s\S]*its number and a link, nothing else/);
    await chooses('kind', ['practice']);
    const form = await says(/Practice pages nobody/);
    expect(wordsOfView(form)).not.toMatch(/This pages/);
  });

  it('keeps what was filled in, and what else it shows', async () => {
    await ben.declares('Search is slow', { severity: 'sev4' });
    await ben.isInvitedTo(/^inc-1/);
    await ana.types('/incident');
    const { id } = await says(/Is it one of these[\s\S]*This pages/);
    await ana.self().type('title', 'Search is slower', { view: id });
    await ana.self().type('summary', 'carts do not load', { view: id });
    await chooses('services', ['search']);
    const shown = await says(/Is it one of these[\s\S]*This pages \*Search on-call\*/);
    expect(JSON.stringify(shown.state)).toMatch(/Search is slower[\s\S]*carts do not load/);
    expect(await ana.self().submit({}, { view: id })).toMatchObject({ outcome: 'closed' });
  });

  it('asks PagerDuty once for all who look within a minute', async () => {
    await ana.types('/incident');
    await says(/Ben Okafor/);
    const asked = await calls('pagerduty.rest.oncalls.list');
    expect(asked).toBeGreaterThan(0);
    await chooses('severity', 'sev4');
    await says(/Nobody is paged/);
    await chooses('severity', 'sev3');
    await ana.self().close();
    await chloe.types('/incident');
    await chloe.form(/Ben Okafor/);
    expect(await calls('pagerduty.rest.oncalls.list')).toBe(asked);
    await pagerduty.setOnCall('PSCCHK', ['chloe']);
    await clock.forward({ seconds: 61 });
    await chloe.types('/incident');
    await chloe.form(/This pages \*Checkout on-call\* \(Chloe/);
  });

  it('says when nobody is on call, or only whoever comes next', async () => {
    await pagerduty.setOnCall('PSCSRC', []);
    await ana.types('/incident');
    await chooses('services', ['website']);
    await says(/This pages \*Website on-call\* \(:warning: nobody is on call\)/);
    // Whoever comes next in the escalation policy is rung at once then.
    await chooses('services', ['search']);
    await says(
      /This pages \*Search on-call\* \(Ana Ruiz, Ben Okafor\)|This pages \*Search on-call\* \(Ana Ruiz and Ben Okafor\)/,
    );
  });

  it('shows what was chosen last, though PagerDuty answered to what was chosen before only then', async () => {
    await faults.add({ kind: 'latency', method: 'pagerduty.rest.oncalls.list', ms: 700 });
    await ana.types('/incident');
    await ana.form(/This pages \*Checkout on-call\*/);
    await chooses('services', ['search']);
    await chooses('severity', 'sev4');
    await says(/Nobody is paged at SEV4/);
    await chooses('severity', 'sev3');
    await says(/This pages \*Search on-call\* \(Chloe/);
    await chooses('severity', 'sev4');
    await bot.settled();
    expect(wordsOfView(await ana.form('Declare an incident'))).toMatch(/Nobody is paged at SEV4/);
  });

  it('opens in time and declares though PagerDuty is down', async () => {
    await faults.outage(true, 'pagerduty.rest');
    const began = performance.now();
    await ana.types('/incident');
    await ana.form(/This pages \*Checkout on-call\*/);
    expect(performance.now() - began).toBeLessThan(2_500);
    await says(/PagerDuty does not say who that is now/);
    expect(await ana.submits({ title: 'Checkout is failing', severity: 'sev1' })).toMatchObject({ outcome: 'closed' });
    await ana.isInvitedTo(/^inc-1/);
    await pagerduty.waitForIncident(/Checkout is failing/);
  });

  it('opens in time though PagerDuty is slow, and waits for nobody who chooses', async () => {
    await faults.add({ kind: 'latency', method: 'pagerduty.rest.oncalls.list', ms: 4_000 });
    const began = performance.now();
    await ana.types('/incident');
    await ana.form(/This pages \*Checkout on-call\*/);
    expect(performance.now() - began).toBeLessThan(2_500);
    await chooses('severity', 'sev4');
    await says(/Nobody is paged at SEV4/);
    expect(performance.now() - began).toBeLessThan(4_000);
  });
});

describe('who is on call for the services', () => {
  const declares = (more: object = {}) =>
    ana.declares('Checkout is failing', { severity: 'sev1', services: ['checkout'], ...more });

  it('is in the channel before they have answered', async () => {
    await declares({ services: ['checkout', 'search'] });
    const room = await ben.isInvitedTo(/^inc-1/);
    await chloe.isInvitedTo(/^inc-1/);
    await bot.settled();
    expect(await incidents()).toMatchObject([{ pages: [{ state: 'ringing' }, { state: 'ringing' }] }]);
    expect(await invitations(ben)).toBe(1);
    // Those who come next are asked for only when these do not answer.
    expect((await peopleOf()).includes(dev.id)).toBe(false);
    await room.headline();
  });

  it('is invited when the severity becomes one that wakes them, and not once more when it rises further', async () => {
    await declares({ severity: 'sev4' });
    const room = await ana.isInvitedTo(/^inc-1/);
    await bot.settled();
    expect(await peopleOf()).not.toContain(ben.id);
    await ana.types('/incident severity 3 it spreads', room);
    await ben.isInvitedTo(/^inc-1/);
    await bot.settled();
    await ben.self().leave(room.id);
    await bot.settled();
    await ana.types('/incident severity 1 it is worse', room);
    await room.headline(/SEV1/);
    await bot.settled();
    expect(await invitations(ben)).toBe(1);
  });

  it.each([
    ['a private incident', { private: true }],
    ['a practice', { practice: true }],
  ])('is not invited to %s', async (_, kind) => {
    await declares(kind);
    await ana.isInvitedTo(/^inc-1|private|practice/);
    await bot.settled();
    expect(await invitations(ben)).toBe(0);
    expect((await dev.self().directMessages()).filter((message) => /take command/.test(wordsOf(message)))).toEqual([]);
  });

  it('is not missed where they have no account in Slack, or nobody is on call', async () => {
    await slack.setPerson('ben', { email: 'somebody.else@example.com' });
    await pagerduty.setOnCall('PSCSRC', []);
    await declares({ services: ['checkout', 'search'] });
    const room = await ana.isInvitedTo(/^inc-1/);
    await room.headline(/Paged\W+Checkout on-call/);
    await bot.settled();
    expect(await peopleOf()).not.toContain(ben.id);
    expect((await incidents())[0]?.troubles).toEqual([]);
  });

  it('is invited once PagerDuty answers again', async () => {
    await faults.outage(true, 'pagerduty.rest');
    await declares();
    await ana.isInvitedTo(/^inc-1/);
    await faults.outage(false, 'pagerduty.rest');
    await clock.forward({ minutes: 2 });
    await ben.isInvitedTo(/^inc-1/);
  });
});

describe('who is on call for the commanders', () => {
  const declares = (severity: 'sev1' | 'sev4' = 'sev1', services = ['checkout']) =>
    ana.declares('Checkout is failing', { severity, services });
  const offer = /You are on call for \*Incident commanders\*: take command of #1\?/;

  it('is asked to take command, is nobody’s commander before, and has it by a press', async () => {
    await declares();
    const room = await ana.isInvitedTo(/^inc-1/);
    await dev.isTold(new RegExp(`${offer.source}[\\s\\S]*Take the role`));
    expect((await incidents())[0]?.roles).toEqual({});
    await dev.presses('Take the role', await dev.dm());
    await dev.isInvitedTo(/^inc-1/);
    await room.headline(new RegExp(`\\*Incident commander\\* <@${dev.id}>`));
    await room.shows(new RegExp(`<@${dev.id}> took \\*Incident commander\\*`));
    const settled = await dev.isTold(new RegExp(`${offer.source}[\\s\\S]*<@${dev.id}> is \\*Incident commander\\*`));
    expect(wordsOf(settled)).not.toMatch(/Take the role/);
  });

  it('is told who has it when somebody else was faster, and asked again when it is free', async () => {
    await declares();
    const room = await ana.isInvitedTo(/^inc-1/);
    await dev.isTold(offer);
    await ana.types('/incident lead', room);
    const settled = await dev.isTold(new RegExp(`${offer.source}[\\s\\S]*<@${ana.id}> is \\*Incident commander\\*`));
    expect(wordsOf(settled)).not.toMatch(/Take the role/);
    await bot.settled();
    await ana.types('/incident role commander nobody', room);
    await eventually('a second offer', async () => {
      const told = (await dev.self().directMessages()).filter((message) => offer.test(wordsOf(message)));
      return told.length === 2 && told.some((message) => /Take the role/.test(wordsOf(message))) ? true : undefined;
    });
  });

  it('is not disturbed by what wakes no commander, until it is one that does', async () => {
    await declares('sev4');
    const room = await ana.isInvitedTo(/^inc-1/);
    await bot.settled();
    expect((await dev.self().directMessages()).filter((message) => offer.test(wordsOf(message)))).toEqual([]);
    await ana.types('/incident severity 2 it spreads', room);
    await dev.isTold(offer);
  });

  it('reads nothing of it any more once it is private', async () => {
    await declares();
    const room = await ana.isInvitedTo(/^inc-1/);
    await dev.isTold(offer);
    await ana.types('/incident private now', room);
    await dev.isTold(/#1 is private now, so I no longer ask you/);
    await ana.types('/incident lead', room);
    await room.headline(new RegExp(`\\*Incident commander\\* <@${ana.id}>`));
    await bot.settled();
    const told = (await dev.self().directMessages()).map(wordsOf).join('\n');
    expect(told).not.toMatch(new RegExp(`Checkout is failing|${ana.id}`));
  });

  it('is named in the form with all roles, and where the channel is asked who takes it', async () => {
    await declares();
    const room = await ana.isInvitedTo(/^inc-1/);
    await ana.types('/incident roles', room);
    await ana.form(/Dev Patel is on call for Incident commanders/);
    await bot.settled();
    await clock.forward({ minutes: 20 });
    await room.shows(/Nobody has taken[\s\S]*Dev Patel is on call for Incident commanders/);
  });
});
