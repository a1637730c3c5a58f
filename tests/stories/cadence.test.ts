import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../db/database.ts';
import type { CallEntry } from '../../sandbox/wire.ts';
import { createDesk } from '../../src/desk.ts';
import { loadPolicy } from '../../src/policy.ts';
import { openStore } from '../../src/store/store.ts';
import { type Act, expected, momentsOf, type Rules, round } from '../support/cadence.ts';
import type { Room } from '../support/room.ts';
import { story } from '../support/story.ts';

/** A Friday noon; the clock is put forward in Berlin 37 hours later. */
const start = new Date('2026-03-27T12:00:00Z');
const hour = 60;
// In memory where there is some: no power is cut here, and most of the time would go into a busy disk.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tocsin-cadence-'));
const policyFile = join(folder, 'tocsin.yml');
const databaseUrl = `file:${folder}/tocsin.db`;
writeFileSync(
  policyFile,
  readFileSync('config/tocsin.yml', 'utf8')
    .replace('zone: UTC', 'zone: Europe/Berlin')
    .replace('sev4: {}', 'sev4: { monitoring: 240 }'),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rules: Rules = {
  cadence: {
    sev1: { investigating: 15 },
    sev2: { investigating: 30, identified: 30, monitoring: 60 },
    sev3: { monitoring: 120 },
    sev4: { monitoring: 240 },
  },
  first: { sev1: 5 },
  before: 5,
  escalateAfter: 5,
  // From five on Friday until nine on Monday, when Berlin is two hours ahead and no longer one.
  quiet: { severity: 'sev4', from: 4 * hour, until: 67 * hour },
};

const every = (minutes: number, from: number, to: number): Act[] =>
  Array.from({ length: Math.floor((to - from) / minutes) }, (_, index) => ({
    at: from + index * minutes,
    do: 'update',
  }));

const acts: Act[] = [
  { at: 0, do: 'declare' },
  { at: 4, do: 'update' },
  ...every(14, 18, 3 * hour),
  // Late: reminded, overdue, escalated.
  { at: 3 * hour + 27, do: 'update' },
  { at: 3 * hour + 40, do: 'severity', to: 'sev2' },
  ...every(28, 3 * hour + 41, 10 * hour),
  // Away over all the times of one promise.
  { at: 10 * hour + 1, do: 'update' },
  { at: 10 * hour + 2, do: 'kill' },
  { at: 12 * hour, do: 'start' },
  { at: 12 * hour + 8, do: 'update' },
  ...every(28, 12 * hour + 30, 14 * hour),
  { at: 14 * hour + 1, do: 'status', to: 'identified' },
  { at: 14 * hour + 12, do: 'update' },
  { at: 14 * hour + 20, do: 'status', to: 'monitoring' },
  ...every(58, 14 * hour + 40, 24 * hour),
  { at: 24 * hour, do: 'severity', to: 'sev3' },
  ...every(118, 24 * hour + 20, 36 * hour),
  // Away while the clock is put forward.
  { at: 37 * hour - 1, do: 'kill' },
  { at: 37 * hour + 1, do: 'start' },
  ...every(118, 37 * hour + 30, 53 * hour),
  { at: 54 * hour - 10, do: 'update' },
  { at: 54 * hour, do: 'severity', to: 'sev4' },
  { at: 67 * hour + 10, do: 'update' },
  { at: 71 * hour + 9, do: 'update' },
  { at: 72 * hour, do: 'resolve' },
];
/** The reminder at which the bot is killed with it on the wire. */
const struck = 22 * hour;

const { ana, ben, chloe, slack, clock, bot, read } = story({
  bot: 'process',
  policyFile,
  database: async () => databaseUrl,
  sandbox: { clock: { start, running: false } },
});

const timeOf = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const minutesOf = (at: Date | number) => round((new Date(at).getTime() - start.getTime()) / 60_000);

/** Ben writes the updates and Chloe commands, as the desk has it; the bot is not running meanwhile. */
async function giveRoles(): Promise<void> {
  await using store = openStore(await openDatabase(databaseUrl));
  const policy = loadPolicy(policyFile);
  const policyOf = async () => policy;
  const now = () => start;
  const desk = createDesk({ store, now, policy, policyOf, react: () => [], wake: () => undefined });
  const [incident] = await store.read((tx) => tx.incidents.list());
  const assignments = { communications: ben.id, commander: chloe.id };
  await desk.handle(incident?.id ?? '', { type: 'assignRoles', assignments }, { person: ana.id });
}

async function carryOut(act: Act, room: Room): Promise<void> {
  if (act.do === 'update') await ana.types(`/incident update At ${act.at}`, room);
  else if (act.do === 'severity') await ana.types(`/incident severity ${act.to}`, room);
  else if (act.do === 'status') await ana.types(`/incident status ${act.to}`, room);
  else if (act.do === 'resolve') await ana.types('/incident resolve now', room);
  else if (act.do === 'kill') await bot.kill();
  else if (act.do === 'start') await bot.start();
}

/** What happened, as the record has it, in the words of the expectation. */
async function happened(): Promise<string[]> {
  const record = await read(async (tx) => tx.record.of((await tx.incidents.list())[0]?.id ?? ''));
  return record.flatMap(({ event, at }) => {
    const when = minutesOf(at);
    if (event.type === 'nextUpdateDueChanged')
      return [`${when} promise ${event.due ? minutesOf(event.due) : 'on change'}`];
    if (event.type === 'updateReminded') return [`${when} remind${event.person === ben.id ? '' : ' somebody else'}`];
    if (event.type === 'updateFellDue') return [`${when} due`];
    if (event.type === 'updateEscalated')
      return [`${when} escalate${event.person === chloe.id ? '' : ' to somebody else'}`];
    return [];
  });
}

/** When somebody was written to directly, by the clock of Slack. */
async function written(person: typeof ben, what: RegExp): Promise<number[]> {
  const dm = await person.dm();
  const calls = (await slack.ledger()).filter((entry): entry is CallEntry => entry.kind === 'call' && entry.applied);
  return calls
    .filter(({ method, args }) => method === 'chat.postMessage' && args.channel === dm && what.test(String(args.text)))
    .map(({ at }) => minutesOf(at));
}

describe('an incident of 72 hours, with a bot that is killed three times and a clock that is put forward', () => {
  it('keeps its cadence exactly', async () => {
    await ana.declares('Checkout is failing', { severity: 'sev1' });
    const room = await ana.isInvitedTo(/^inc-1-/);
    await bot.settled();
    await bot.stop();
    await giveRoles();
    await bot.start();

    const lines = expected(acts, rules);
    const moments = momentsOf(lines);
    const inFlight = moments.find((at) => at > struck && lines.includes(`${at} remind`)) ?? 0;
    let isUp = true;
    // A second before each moment nothing may happen that belongs to it.
    const stops = [...moments.flatMap((at) => [at - 1 / 60, at]), ...acts.map(({ at }) => at)];
    for (const stop of [...new Set(stops)].filter((at) => at > 0).toSorted((a, b) => a - b)) {
      await clock.setTo(timeOf(stop));
      if (stop === inFlight) {
        await bot.kill();
        await bot.start();
        await bot.settled();
        // What was on the wire is looked for, and sent again when it can no longer arrive.
        await clock.forward({ seconds: 30 });
      }
      const due = acts.filter(({ at }) => at === stop);
      if (isUp) await bot.settled();
      for (const act of due) {
        await carryOut(act, room);
        isUp = act.do === 'start' || (isUp && act.do !== 'kill');
        if (isUp) await bot.settled();
      }
    }

    expect(await happened()).toEqual(lines);
    const times = (what: string) =>
      lines.filter((line) => line.endsWith(what)).map((line) => Number(line.split(' ')[0]));
    expect((await written(ben, /is due by|is overdue/)).map(Math.floor)).toEqual(times(' remind').map(Math.floor));
    expect((await written(chloe, /has not come/)).map(Math.floor)).toEqual(times(' escalate').map(Math.floor));
    // What this is about did come up: a late update, a gap, and a Monday morning after the change of the clock.
    for (const at of [3 * hour - 2, 12 * hour + 5, 67 * hour + 5]) expect(times(' escalate')).toContain(at);
    expect(times(' remind').length).toBeGreaterThan(40);
  }, 300_000);
});
