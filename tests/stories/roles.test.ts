import { describe, expect, it } from '@jest/globals';
import type { Room } from '../support/room.ts';
import { wordsOf, wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, chloe, clock, bot, incidents } = story();

async function anIncident(declaration: Parameters<typeof ana.declares>[1] = {}): Promise<Room> {
  await ana.declares('Checkout is failing', declaration);
  const room = await ana.isInvitedTo(/checkout|private/);
  await room.headline();
  return room;
}

const rolesNow = async () => {
  const [incident] = await incidents();
  return Object.fromEntries(Object.entries(incident?.roles ?? {}).map(([role, { person }]) => [role, person]));
};

describe('a role', () => {
  it('is taken with a button: the headline says who has it, and the holder hears what to do first', async () => {
    const room = await anIncident();
    await room.headline(/Take role: Incident commander[\s\S]*Take role: Communications lead/);
    await ana.presses('Take role: Incident commander', room);
    const told = await ana.isTold(/You are \*Incident commander\* now[\s\S]*1\. Say that you are the commander/);
    expect(wordsOf(told)).toMatch(/3\. Give somebody the updates/);
    const headline = wordsOf(await room.headline(/\*Incident commander\* <@U0000000ANA>/));
    expect(headline).not.toContain('Take role: Incident commander');
    await room.shows(/<@U0000000ANA> took \*Incident commander\*/);
  });

  it('goes to one of two who press at once; the other is told who has it', async () => {
    const room = await anIncident();
    await ana.self().invite('ben', room.id);
    await Promise.all([
      ana.presses('Take role: Incident commander', room),
      ben.presses('Take role: Incident commander', room),
    ]);
    await bot.settled();
    const { commander } = await rolesNow();
    const [winner, loser] = commander === ana.id ? [ana, ben] : [ben, ana];
    await loser.sees(new RegExp(`<@${winner.id}> has \\*Incident commander\\* already`), room);
    expect(await room.count(/took \*Incident commander\*/)).toBe(1);
  });

  it('is given in one line: who gets it is invited and told, who had it is told, the thread says who gave it', async () => {
    const room = await anIncident();
    await ana.types('/incident lead', room);
    await ana.types('/incident role commander @ben', room);
    await ben.isInvitedTo(/checkout/);
    await ben.isTold(/<@U0000000ANA> made you \*Incident commander\*/);
    await room.shows(/<@U0000000ANA> made <@U0000000BEN> \*Incident commander\*, after <@U0000000ANA>/);
    await ben.types('/incident role ic @chloe', room);
    await bot.settled();
    await ben.types('/incident role comms me', room);
    await chloe.types('/incident role commander nobody', room);
    await chloe.isTold(/<@U0000000BEN> made you \*Incident commander\*/);
    await room.headline(/\*Communications lead\* <@U0000000BEN>/);
    expect(await rolesNow()).toEqual({ communications: ben.id });
    // Their own doing is no news to them.
    expect((await chloe.self().directMessages()).some((message) => /from you/.test(wordsOf(message)))).toBe(false);
  });

  it('is given from outside the channel after saying which incident', async () => {
    await anIncident();
    expect(await chloe.types('/incident role scribe @ben', 'general')).toMatch(/Which\?/);
    const [incident] = await incidents();
    await chloe.self().choose('choose-incident', incident?.id ?? '', { channel: 'general' });
    await ben.isTold(/<@U00000CHLOE> made you \*Scribe\*/);
  });

  it('is given to nobody who cannot have it, and by no word that is not understood', async () => {
    const room = await anIncident();
    const lines: [string, RegExp][] = [
      ['role commander @tocsin', /That is an app/],
      ['role commander @gus', /Guests cannot/],
      ['role commander @kai', /deactivated/],
      ['role commander @sam', /not of this workspace/],
      ['role commander @nobodyknown', /Type @ and choose/],
      ['role comander @ben', /I do not know the role \*comander\*\. Did you mean `\/incident role commander @who`/],
      ['take captain', /I do not know the role \*captain\*/],
      ['role scribe', /nobody[\s\S]*gives it to somebody/],
      ['shadow', /Which role\?/],
      ['handover @gus: all quiet', /Guests cannot/],
    ];
    for (const [line, answer] of lines) expect(await ana.types(`/incident ${line}`, room)).toMatch(answer);
    expect(await rolesNow()).toEqual({});
  });
});

describe('the form with all roles', () => {
  it('gives several at once, refuses under the field, and undoes nothing that changed meanwhile', async () => {
    const room = await anIncident();
    await ana.types('/incident roles', room);
    const opened = await ana.form('Roles');
    await ana.self().invite('ben', room.id);
    expect(wordsOfView(opened)).toMatch(/Incident commander[\s\S]*Scribe[\s\S]*I shadow/);
    await ben.types('/incident take commander', room);
    const refused = await ana.self().submit({ 'role:scribe': 'gus' }, { view: opened.id });
    expect(refused.outcome).toBe('errors');
    expect(wordsOfView(await ana.form('Roles'))).toMatch(/Guests cannot/);
    await ana.self().submit({ 'role:scribe': 'chloe', shadowing: ['deputy'] }, { view: opened.id });
    await room.headline(/\*Scribe\* <@U00000CHLOE>/);
    expect(await rolesNow()).toEqual({ commander: ben.id, scribe: chloe.id });
    await room.headline(/\*Deputy\* nobody \(shadowed by <@U0000000ANA>\)/);
  });
});

describe('a handover', () => {
  it('is offered with what the next one must know, and is theirs when they accept', async () => {
    const room = await anIncident();
    await ana.types('/incident lead', room);
    await ana.types('/incident handover @ben', room);
    const form = await ana.form('Hand over');
    expect(wordsOfView(form)).toMatch(/The next update is due[\s\S]*Incident commander/);
    await ana.self().submit({ state: 'Rolled back', watch: 'The error rate' }, { view: form.id });
    await room.headline(/offered to <@U0000000BEN>, not accepted yet/);
    await ben.isTold(/offers you \*Incident commander\* of #1[\s\S]*Rolled back[\s\S]*The error rate/);
    await ben.presses('Accept', await ben.dm());
    await room.shows(/<@U0000000BEN> is \*Incident commander\* now: <@U0000000ANA> handed over/);
    await ana.isTold(/<@U0000000BEN> is \*Incident commander\* now, in your place/);
    // What was written stays with the new holder; the buttons go.
    const kept = wordsOf(await ben.isTold(/offers you[\s\S]*You have it/));
    expect(kept).toMatch(/Rolled back/);
    expect(kept).not.toContain('Decline');
    expect(await rolesNow()).toEqual({ commander: ben.id });
  });

  it('that is declined stays with who has it, and they are told', async () => {
    const room = await anIncident();
    await ana.types('/incident lead', room);
    await ana.types('/incident handover @ben: all quiet', room);
    await ben.isTold(/all quiet/);
    await ben.presses('Decline', await ben.dm());
    await ana.isTold(/<@U0000000BEN> declined \*Incident commander\*/);
    await bot.settled();
    expect(wordsOf(await room.headline())).not.toMatch(/offered/);
    expect(await rolesNow()).toEqual({ commander: ana.id });
  });

  it('is withdrawn when the role goes another way', async () => {
    const room = await anIncident();
    await ana.types('/incident take scribe', room);
    await ana.types('/incident handover @ben: all quiet', room);
    await ben.isTold(/offers you \*Scribe\*[\s\S]*all quiet[\s\S]*Accept/);
    await ana.types('/incident role scribe @chloe', room);
    const settled = wordsOf(await ben.isTold(/no longer stands/));
    expect(settled).not.toContain('Accept');
    expect(await rolesNow()).toEqual({ scribe: chloe.id });
  });

  it('that is accepted while the role is given to somebody else goes one way, and whoever loses is told', async () => {
    const room = await anIncident();
    await ana.types('/incident lead', room);
    await ana.types('/incident handover @ben: all quiet', room);
    await ben.isTold(/all quiet/);
    await Promise.all([ana.types('/incident role commander @chloe', room), ben.presses('Accept', await ben.dm())]);
    await chloe.isTold(/made you \*Incident commander\*/);
    await bot.settled();
    // Either Ben was first and is told that Chloe has it now, or he was second and the offer had gone.
    expect(await rolesNow()).toEqual({ commander: chloe.id });
    await ben.isTold(/in your place|no longer open|no longer stands/);
    expect((await incidents())[0]?.handovers).toEqual({});
  });
});

describe('time', () => {
  it('asks once, in the headline’s thread, who takes a key role', async () => {
    const room = await anIncident({ severity: 'sev2' });
    await ana.presses('Take role: Communications lead', room);
    await bot.settled();
    await clock.forward({ minutes: 6 });
    const asked = await room.shows(/Nobody has taken \*Incident commander\* yet\. Who does\?/, { mentioning: ana });
    expect(asked.thread_ts).toBe((await room.headline()).ts);
    expect(asked.notifies?.broadcast).toEqual([]);
    await clock.forward({ hours: 2 });
    await bot.settled();
    expect(await room.count(/Who does\?/)).toBe(1);
    await ana.types('/incident take commander', room);
    await room.headline(/\*Incident commander\* <@U0000000ANA>/);
  });

  it('asks a commander of three hours about a handover, and again after three more', async () => {
    const room = await anIncident();
    await ana.types('/incident lead', room);
    await room.headline(/\*Incident commander\* <@U0000000ANA>/);
    await bot.settled();
    await clock.forward({ minutes: 179 });
    await bot.settled();
    const asked = async () =>
      (await ana.self().directMessages()).filter((message) => /Does somebody take over\?/.test(wordsOf(message)))
        .length;
    expect(await asked()).toBe(0);
    await clock.forward({ minutes: 2 });
    await ana.isTold(/You have been \*Incident commander\* for 3 h/);
    // Down over two of them: asked once.
    await bot.stop();
    await clock.forward({ hours: 7 });
    await bot.start();
    await ana.isTold(/Incident commander\* for 10 h/);
    await bot.settled();
    expect(await asked()).toBe(2);
    await ana.presses('Hand over', await ana.dm());
    await ana.form('Hand over');
  });
});

describe('who held what, when', () => {
  it('is read from the record', async () => {
    const room = await anIncident();
    await ana.types('/incident lead', room);
    await bot.settled();
    await clock.forward({ minutes: 40 });
    await ana.types('/incident role commander @ben', room);
    expect(await ana.types('/incident roles history', room)).toMatch(
      /\*Incident commander\* <@U0000000ANA> .* \(40 min; took it\)[\s\S]*<@U0000000BEN> .* – now .* given by <@U0000000ANA>/,
    );
  });
});
