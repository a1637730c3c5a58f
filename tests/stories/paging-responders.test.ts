import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { FaultRule } from '../../sandbox/wire.ts';
import { eventually } from '../support/eventually.ts';
import type { Room } from '../support/room.ts';
import { story } from '../support/story.ts';

/** Whoever is asked for while something rings becomes a responder of it. */
const folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
const policyFile = join(folder, 'tocsin.yml');
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(
  policyFile,
  readFileSync('config/tocsin.yml', 'utf8').replace('helpers: page #', 'helpers: responders #'),
);

const { ana, ben, chloe, dev, bot, clock, faults, incidents, pagerduty, slack } = story({ policyFile, paging: {} });

/** Declared, and ringing at PagerDuty. */
async function declared(more: object = {}): Promise<{ room: Room; there: string }> {
  await ana.declares('Checkout is failing', { severity: 'sev3', services: ['checkout'], ...more });
  const room = await ana.isInvitedTo(/^inc-1/);
  await room.shows(/Page to Checkout on-call[\s\S]*Accepted by PagerDuty/);
  await bot.settled();
  const [rung] = await pagerduty.incidents();
  return { room, there: rung?.id ?? '' };
}

async function asksFor(whom: string, room: Room, why = 'can you look?') {
  await ana.types(`/incident page @${whom} ${why}`, room);
  await ana.form(/asked to help with the page to Checkout on-call/);
  await ana.submits({}, 'Page somebody');
  await room.shows(/to help with the page to Checkout on-call[\s\S]*Accepted by PagerDuty/);
  await bot.settled();
}

const respondersOf = async (there: string) =>
  (await pagerduty.incident(there)).responders.map(({ user, state }) => [user, state]);
const pages = async () => (await incidents())[0]?.pages ?? [];
const faultsStruck = async () => (await slack.ledger()).filter((entry) => entry.kind === 'call' && entry.fault).length;

describe('somebody asked for while a page rings', () => {
  it('becomes a responder of it, in the name of whoever asks, and comes', async () => {
    const { room, there } = await declared();
    await asksFor('chloe', room);
    expect(await pagerduty.incidents()).toMatchObject([
      {
        id: there,
        requests: [{ requester: 'PUSRANA', targets: [{ id: 'PUSRCHL', type: 'user' }] }],
        responders: [{ user: 'PUSRCHL', state: 'pending', message: expect.stringMatching(/can you look\?\nhttp/) }],
      },
    ]);
    const card = await room.shows(new RegExp(`Page to <@${chloe.id}>[\\s\\S]*ringing at Chloe`));
    expect(JSON.stringify(card)).not.toMatch(/Escalate/);
    await pagerduty.as('chloe').accept(there);
    await room.shows(new RegExp(`Page to <@${chloe.id}>[\\s\\S]*<@${chloe.id}> has it`));
    expect(await chloe.isInvitedTo(/^inc-1/)).toMatchObject({ id: room.id });
  });

  it('is a team too: whoever is on call for it', async () => {
    const { room, there } = await declared();
    await ana.types('/incident page search the index is stale', room);
    await room.shows(/Page to Search on-call[\s\S]*to help with the page to Checkout on-call[\s\S]*ringing at/);
    const [responder] = (await pagerduty.incident(there)).responders;
    expect(responder).toMatchObject({ policy: 'PEPSRC', state: 'pending' });
    const { handle = '' } = (await pagerduty.summary()).users.find(({ id }) => id === responder?.user) ?? {};
    await pagerduty.as(handle).accept(there);
    await room.shows(/Page to Search on-call[\s\S]*has it/);
  });

  it('who cannot come: whoever asked hears of it, and can ask anew', async () => {
    const { room, there } = await declared();
    await asksFor('dev', room);
    await pagerduty.as('dev').decline(there);
    await room.shows(new RegExp(`Page to <@${dev.id}>[\\s\\S]*<@${dev.id}> cannot come`));
    await ana.isTold(new RegExp(`<@${dev.id}> cannot come for the page to`));
    await room.headline(/cannot come/);
    await clock.forward({ seconds: 5 });
    await asksFor('dev', room, 'Please, it is worse');
    expect(await respondersOf(there)).toEqual([
      ['PUSRDEV', 'declined'],
      ['PUSRDEV', 'pending'],
    ]);
    expect(await pages()).toMatchObject([{}, { state: 'declined' }, { state: 'ringing' }]);
    await pagerduty.as('dev').accept(there);
    await room.shows(/Please, it is worse/);
    await eventually('the second request to be taken', async () => (await pages())[2]?.state === 'acknowledged');
    expect(await pages()).toMatchObject([{}, { state: 'declined' }, {}]);
  });

  it('answers are found also when no webhook comes', async () => {
    const { room, there } = await declared();
    await faults.outage(true, 'pagerduty.webhooks');
    await asksFor('chloe', room);
    await asksFor('dev', room, 'you as well');
    await pagerduty.as('chloe').accept(there);
    await pagerduty.as('dev').decline(there);
    await clock.forward({ minutes: 1 });
    await room.shows(new RegExp(`<@${chloe.id}> has it`));
    await room.shows(new RegExp(`<@${dev.id}> cannot come`));
  });

  it('is rung no more once somebody has it here', async () => {
    const { room, there } = await declared();
    await asksFor('chloe', room);
    await room.shows(new RegExp(`Page to <@${chloe.id}>`));
    await ben.self().join(room.id);
    await ben.presses('I take it', room);
    await room.shows(new RegExp(`Page to <@${chloe.id}>[\\s\\S]*<@${ben.id}> has it`));
    await bot.settled();
    expect(await respondersOf(there)).toEqual([['PUSRCHL', 'user_cancelled']]);
  });

  it('has it who presses so here, also once PagerDuty has withdrawn the request', async () => {
    const { room, there } = await declared();
    await asksFor('chloe', room);
    await chloe.self().join(room.id);
    await chloe.presses('I take it', room);
    await bot.settled();
    expect(await respondersOf(there)).toEqual([['PUSRCHL', 'user_cancelled']]);
    await clock.forward({ minutes: 6 });
    await bot.settled();
    expect(await pages()).toMatchObject([{}, { state: 'acknowledged', takers: [{ person: chloe.id }] }]);
  });

  it('does not answer: the commander hears of it', async () => {
    const { room } = await declared();
    await asksFor('chloe', room);
    await clock.forward({ minutes: 6 });
    await ana.isTold(new RegExp(`Nobody has taken the page to <@${chloe.id}>`));
  });

  it('reads a number and where to go, where it is private', async () => {
    const { room, there } = await declared({ private: true });
    await ana.types('/incident page @chloe names were taken', room);
    await ana.submits({}, 'Page somebody');
    await room.shows(/to help with the page/);
    await bot.settled();
    const { requests } = await pagerduty.incident(there);
    expect(requests.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Private incident #1\nhttps?:\S+$/),
    ]);
  });
});

describe("PagerDuty's answer to a request", () => {
  const losses: [string, Partial<FaultRule>][] = [
    ['is lost', { kind: 'lost-reply' }],
    ['is an error although it was done', { kind: 'error-after', status: 503 }],
    ['is an error, and nothing was done', { kind: 'error-before', status: 500 }],
  ];
  it.each(losses)('%s: it is looked for before it is sent again, and rings once', async (_, loss) => {
    const { room, there } = await declared();
    await faults.add({ ...loss, method: 'pagerduty.rest.incidents.responder_requests', times: 1 } as FaultRule);
    await asksFor('chloe', room);
    expect((await pagerduty.incident(there)).requests).toHaveLength(1);
    expect(await respondersOf(there)).toEqual([['PUSRCHL', 'pending']]);
    expect(await pages()).toMatchObject([{}, { asked: { people: [{ account: 'PUSRCHL' }] } }]);
    expect(await faultsStruck()).toBe(1);
  });

  it('is lost until somebody has it: the record says all the same that it rang', async () => {
    const { room } = await declared();
    await faults.add({ kind: 'lost-reply', method: 'pagerduty.rest.incidents.responder_requests' });
    await ana.types('/incident page @chloe can you look?', room);
    await ana.submits({}, 'Page somebody');
    await room.shows(new RegExp(`Page to <@${chloe.id}>`));
    await ben.self().join(room.id);
    await ben.presses('I take it', room);
    await faults.clear();
    await clock.forward({ minutes: 1 });
    await bot.settled();
    expect(await pages()).toMatchObject([{}, { state: 'acknowledged', ways: [{ outcome: 'accepted' }] }]);
  });

  it('is that the account has no responders: they get a page of their own', async () => {
    const { room, there } = await declared();
    await faults.add({ kind: 'error-before', status: 402, method: 'pagerduty.rest.incidents.responder_requests' });
    await ana.types('/incident page @chloe can you look?', room);
    await ana.submits({}, 'Page somebody');
    const own = await pagerduty.waitForIncident(/can you look/);
    expect(own.assignees).toMatchObject([{ user: 'PUSRCHL' }]);
    await room.shows(new RegExp(`Page to <@${chloe.id}>[\\s\\S]*Escalate`));
    expect((await pagerduty.incident(there)).requests).toEqual([]);
  });
});

describe('the page that they help with', () => {
  it('ends, and so do the requests, with one resolve there', async () => {
    const { room, there } = await declared();
    await asksFor('chloe', room);
    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'no' });
    await room.headline(/Resolved/);
    await bot.settled();
    expect(await pages()).toMatchObject([{ state: 'resolved' }, { state: 'resolved' }]);
    expect((await pagerduty.incident(there)).log.filter(({ type }) => type === 'resolve_log_entry')).toHaveLength(1);
  });

  it('is resolved in PagerDuty: whoever has not answered gets a page of their own, since the incident goes on', async () => {
    const { room, there } = await declared();
    await asksFor('chloe', room);
    await pagerduty.as('ben').resolve(there);
    await room.shows(new RegExp(`Page to <@${chloe.id}>[\\s\\S]*over`));
    const own = await pagerduty.waitForIncident(/can you look/);
    expect(own.assignees).toMatchObject([{ user: 'PUSRCHL' }]);
    await bot.settled();
    expect(await pages()).toMatchObject([{ state: 'resolved' }, { state: 'resolved' }, { state: 'ringing' }]);
    expect(await pagerduty.incidents()).toHaveLength(2);
  });
});
