import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { routingKeys } from '../../sandbox/pagerduty/wire.ts';
import type { FaultRule } from '../../sandbox/wire.ts';
import { eventually } from '../support/eventually.ts';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

/** Whoever subscribed in PagerDuty gets the updates, and two services ring by keys of their own. */
const folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
const policyFile = join(folder, 'tocsin.yml');
afterAll(() => rmSync(folder, { recursive: true }));
const changed = readFileSync('config/tocsin.yml', 'utf8')
  .replace('outward: [resolve, reopen, merge, severity]', 'outward: [resolve, reopen, merge, severity, updates]')
  .replace('service: PSVCSRC,', 'service: PSVCSRC, routingKey: search,');
writeFileSync(policyFile, changed);

const { ana, bot, clock, faults, incidents, pagerduty, slack } = story({
  policyFile,
  paging: { PAGERDUTY_ROUTING_KEYS: `search=${routingKeys.search}` },
});

async function declared(more: object = {}, number = 1) {
  await ana.declares('Checkout is failing', { severity: 'sev3', services: ['checkout'], ...more });
  const room = await ana.isInvitedTo(new RegExp(`^inc-${number}`));
  await bot.settled();
  return room;
}
const updatesThere = async () =>
  (await pagerduty.incidents()).map(({ statusUpdates }) => statusUpdates.map(({ message }) => message));
const notesThere = async () =>
  (await pagerduty.incidents()).flatMap(({ notes }) => notes.map(({ content }) => content));

describe('an update that is posted', () => {
  it('goes to whoever subscribed in PagerDuty, in the name of whoever wrote it', async () => {
    const room = await declared();
    await ana.types('/incident update One in ten payments fails', room);
    await room.shows(/One in ten payments fails/);
    await bot.settled();
    const [page] = await pagerduty.incidents();
    expect(page?.statusUpdates).toMatchObject([{ message: 'One in ten payments fails', user: 'PUSRANA' }]);
  });

  const losses: [string, Partial<FaultRule>][] = [
    ['its answer is lost', { kind: 'lost-reply' }],
    ['it is said to have failed although it was done', { kind: 'error-after', status: 503 }],
    ['it failed, and nothing was done', { kind: 'error-before', status: 500 }],
  ];
  it.each(losses)('is there once where %s', async (_, loss) => {
    const room = await declared();
    await faults.add({ ...loss, method: 'pagerduty.rest.incidents.status_updates', times: 1 } as FaultRule);
    await ana.types('/incident update One in ten payments fails', room);
    await bot.settled();
    await clock.forward({ minutes: 1 });
    await bot.settled();
    expect(await updatesThere()).toEqual([['One in ten payments fails']]);
    expect((await slack.ledger()).filter((entry) => entry.kind === 'call' && entry.fault)).toHaveLength(1);
  });

  it('comes when PagerDuty is back, in the order in which they were written', async () => {
    const room = await declared();
    await faults.outage(true, 'pagerduty.rest');
    await ana.types('/incident update First', room);
    await ana.types('/incident update Second', room);
    await room.shows(/Second/);
    await clock.forward({ minutes: 3 });
    await faults.outage(false, 'pagerduty.rest');
    for (let minute = 0; minute < 12 && (await updatesThere()).flat().length < 2; minute += 1) {
      await clock.forward({ minutes: 1 });
      await bot.settled();
    }
    expect(await updatesThere()).toEqual([['First', 'Second']]);
  });

  it('of a private incident or a practice stays here', async () => {
    const secret = await declared({ private: true });
    await ana.types('/incident update Names were taken', secret);
    const practice = await declared({ practice: true }, 2);
    await ana.types('/incident update Only a drill', practice);
    await practice.shows(/Only a drill/);
    await bot.settled();
    expect(await updatesThere()).toEqual([[]]);
    expect(JSON.stringify(await pagerduty.incidents())).not.toMatch(/Names were taken|Only a drill/);
  });
});

describe('what resolves an incident', () => {
  it('is a note in PagerDuty with its channel, once, and does not come back as one', async () => {
    const room = await declared();
    await faults.add({ kind: 'lost-reply', method: 'pagerduty.rest.incidents.notes', times: 1 });
    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'no', note: 'Rolled back' });
    await room.headline(/Resolved/);
    await bot.settled();
    await clock.forward({ minutes: 1 });
    await bot.settled();
    expect(await notesThere()).toEqual([
      expect.stringMatching(
        new RegExp(`^Incident #1 was resolved in Slack\\.\\nRolled back\\nhttps?://\\S+/archives/${room.id}$`),
      ),
    ]);
    expect((await room.messages()).map(wordsOf).join('\n')).not.toMatch(/Note of/);
    expect((await incidents())[0]?.pages[0]?.notes).toEqual([]);
  });

  it('is kept from PagerDuty where it is private: a number and where to read on', async () => {
    const room = await declared({ private: true });
    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'no', note: 'The names are back' });
    await room.headline(/Resolved/);
    await bot.settled();
    expect(await notesThere()).toEqual([
      expect.stringMatching(/^Private incident #1 was resolved in Slack\.\nhttps?:\S+$/),
    ]);
  });
});

describe('incidents that are merged', () => {
  async function two() {
    await declared();
    await ana.declares('Index is stale', { severity: 'sev4', services: ['search'] });
    return ana.isInvitedTo(/^inc-2/);
  }
  const there = (title: RegExp) =>
    eventually(`${title} to be resolved there`, async () => {
      const one = await pagerduty.waitForIncident(title);
      return one.status === 'resolved' ? one : undefined;
    });

  it('are one in PagerDuty as well, where alerts had opened them', async () => {
    await declared();
    await ana.declares('Index is stale', { severity: 'sev3', services: ['search'] });
    const room = await ana.isInvitedTo(/^inc-2/);
    await bot.settled();
    await ana.types('/incident merge 1', room);
    const into = await pagerduty.waitForIncident(/Checkout is failing/);
    expect((await there(/Index is stale/)).mergedInto).toBe(into.id);
    await bot.settled();
    expect(await pagerduty.incident(into.id)).toMatchObject({ status: 'triggered' });
  });

  it('end what PagerDuty does not take in, such as a page to somebody’s choice', async () => {
    const room = await two();
    await ana.types('/incident page search The index is stale', room);
    await bot.settled();
    await ana.types('/incident merge 1', room);
    expect((await there(/Index is stale/)).mergedInto).toBeNull();
    await bot.settled();
    expect(await pagerduty.waitForIncident(/Checkout is failing/)).toMatchObject({ status: 'triggered' });
  });

  it('end the page where there is none to merge it into', async () => {
    await ana.declares('Checkout is failing', { severity: 'sev4', services: ['checkout'] });
    await ana.isInvitedTo(/^inc-1/);
    await ana.declares('Index is stale', { severity: 'sev3', services: ['search'] });
    const room = await ana.isInvitedTo(/^inc-2/);
    await bot.settled();
    await ana.types('/incident merge 1', room);
    expect((await there(/Index is stale/)).mergedInto).toBeNull();
  });
});
