import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Room } from '../support/room.ts';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

/** A policy that leaves endings to those in the incident, and names who is trained to command. */
const policyFile = join(mkdtempSync(join(tmpdir(), 'tocsin-policy-')), 'tocsin.yml');
writeFileSync(
  policyFile,
  readFileSync('config/tocsin.yml', 'utf8')
    .replace('respondersOnly: []', 'respondersOnly: [lowerSeverity, resolve, reopen, cancel]')
    .replace('qualified: []', 'qualified: [U00000CHLOE, U0000000KAI, U0NOBODY1]'),
);

const { ana, ben, chloe, gus, sam, bot, incidents } = story({ policyFile });

async function anIncident(severity: 'sev1' | 'sev3'): Promise<Room> {
  await ana.declares('Checkout is failing', { severity, felt: 'no' });
  const room = await ana.isInvitedTo(/checkout/);
  await room.headline();
  await bot.settled();
  return room;
}

const now = async () => (await incidents())[0];

describe('where the policy leaves endings to those in the incident', () => {
  it('somebody outside may help, but neither lower nor resolve; a role or joining makes them one of those', async () => {
    const room = await anIncident('sev3');
    const incident = await now();
    async function onIt(command: string): Promise<void> {
      await ben.types(`/incident ${command}`, 'general');
      await ben.self().choose('choose-incident', incident?.id ?? '', { channel: 'general' });
    }
    await onIt('severity 4');
    await ben.sees(/Only people who work on this incident can do that/, 'general');
    await onIt('severity 2');
    await room.shows(/changed severity from SEV3 to \*SEV2\*/);
    await onIt('resolve');
    await ben.self().submit({ felt: 'no' });
    await ben.form(/Only people who work on this incident can do that/);
    await ben.self().close({ all: true });
    expect(await now()).toMatchObject({ severity: 'sev2', status: 'triage' });

    await onIt('take scribe');
    await ben.isInvitedTo(/checkout/);
    await ben.types('/incident severity 4', room);
    await bot.settled();
    expect(await now()).toMatchObject({ severity: 'sev4' });
  });
});

describe('who is trained to command', () => {
  it('is offered aloud when somebody else does on a grave incident, and gets it with one choice', async () => {
    const room = await anIncident('sev1');
    await ana.types('/incident lead', room);
    const said = await room.shows(
      /<@U0000000ANA> is \*Incident commander\* of a SEV1 and is not on the list .* allowed/,
    );
    expect(said.thread_ts).toBeUndefined();
    // Who has left, and whom nobody knows, are not offered.
    expect(wordsOf(said)).toMatch(/Chloe Martin/);
    expect(wordsOf(said)).not.toMatch(/Kai|U0NOBODY1/);
    const { id = '' } = (await now()) ?? {};
    await ana.self().choose('give-role', `${id}:commander:${chloe.id}`, { channel: room.id, ts: said.ts });
    await chloe.isTold(/<@U0000000ANA> made you \*Incident commander\*/);
    await bot.settled();
    expect(await room.count(/not on the list/)).toBe(1);
  });

  it('is nobody’s matter on one that is not', async () => {
    const room = await anIncident('sev3');
    await ana.types('/incident lead', room);
    await ana.isTold(/You are \*Incident commander\* now/);
    await bot.settled();
    expect(await room.count(/not on the list/)).toBe(0);
  });
});

it('a button is no permission: guests and strangers in the channel take nothing', async () => {
  const room = await anIncident('sev3');
  for (const name of ['gus', 'sam']) await ana.self().invite(name, room.id);
  await gus.presses('Take role: Incident commander', room);
  await gus.sees(/Guests cannot do that here/, room);
  await sam.presses('Take role: Incident commander', room);
  await sam.sees(/Only members of this workspace/, room);
  expect(await gus.types('/incident roles', room)).toMatch(/Guests cannot/);
  await bot.settled();
  expect((await now())?.roles).toEqual({});
});
