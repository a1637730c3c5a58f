import { describe, expect, it } from '@jest/globals';
import { story } from '../support/story.ts';

const { ana, ben, slack, bot, channel, faults } = story();

const canary = 'canary-7f3a';

describe('a private incident', () => {
  it('has a channel that is private from birth, with a name that says nothing', async () => {
    await ana.declares(`Leak of ${canary}`, { private: true, summary: `${canary} got out` });
    const room = await ana.isInvitedTo(/^inc-1-private$/);
    await room.headline(new RegExp(canary));

    const created = (await slack.ledger()).flatMap((entry) =>
      entry.kind === 'call' && entry.method === 'conversations.create' ? [entry.args] : [],
    );
    expect(created).toEqual([{ name: 'inc-1-private', is_private: expect.anything() }]);
    expect(await room.channel()).toMatchObject({ private: true });
  });

  it('gives nothing away outside, from beginning to end', async () => {
    await ana.declares(`Leak of ${canary}`, { private: true, summary: canary, in: 'general' });
    const room = await ana.isInvitedTo(/private/);
    const updates = await channel('incidents');
    await updates.shows('A private incident was declared');
    await ana.types(`/incident update ${canary} is contained`, room);
    await ana.types(`/incident status identified ${canary}`, room);
    await ana.types(`/incident severity 1 ${canary}`, room);
    await room.shows(/contained/);
    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'no', note: canary }, 'Resolve');
    await updates.shows('A private incident is over');
    await bot.settled();

    const outside = (await slack.channels()).filter(({ id, kind }) => id !== room.id && kind !== 'im');
    for (const { id, name, topic } of outside) {
      const said = JSON.stringify(await slack.messages(id, { deleted: true }));
      expect(`${name} ${topic} ${said}`).not.toContain(canary);
    }
  });

  it('is neither listed, suggested nor joined by somebody who was not invited', async () => {
    await ana.declares(`Leak of ${canary}`, { private: true });
    await ana.isInvitedTo(/private/);
    expect(await ben.types('/incident list')).not.toContain(canary);
    expect(await ben.types('/incident update x')).not.toContain(canary);
    await ben.types(`/incident Leak of ${canary}`);
    expect(JSON.stringify(await ben.form('Declare'))).not.toContain('Is it one of these');
    expect(await ana.types('/incident list')).toContain(canary);
  });

  it('is listed for whoever was invited, and no longer once they left', async () => {
    await ana.declares(`Leak of ${canary}`, { private: true });
    const room = await ana.isInvitedTo(/private/);
    await ana.self().invite('ben', room.id);
    await bot.settled();
    expect(await ben.types('/incident list')).toContain(canary);
    await ben.self().leave(room.id);
    await bot.settled();
    expect(await ben.types('/incident list')).not.toContain(canary);
  });

  it('takes no form of somebody who was taken out of it meanwhile', async () => {
    await ana.declares(`Leak of ${canary}`, { private: true });
    const room = await ana.isInvitedTo(/private/);
    await ana.self().invite('ben', room.id);
    await bot.settled();
    await ben.types('/incident update', room);
    await ben.form('Post an update');
    await ana.self().kick('ben', room.id);
    await bot.settled();
    const sent = await ben.submits({ text: 'We are all gone' });
    expect(JSON.stringify(sent)).toContain('not one you can see');
  });

  it('gets no channel rather than a public one', async () => {
    await faults.add({ kind: 'api-error', method: 'conversations.create', error: 'restricted_action' });
    await ana.declares(`Leak of ${canary}`, { private: true });
    await ana.isTold(/could not open a channel/i);
    await bot.settled();
    expect((await slack.channels()).filter(({ name }) => name.startsWith('inc-'))).toEqual([]);

    await faults.clear();
    await ana.presses('Try again', await ana.dm());
    const room = await ana.isInvitedTo(/^inc-1-private$/);
    expect(await room.channel()).toMatchObject({ private: true });
    await room.headline(new RegExp(canary));
  });
});

describe('a practice incident', () => {
  it('is neither announced nor listed', async () => {
    await ana.declares('Fire drill', { practice: true });
    const room = await ana.isInvitedTo(/^inc-1-fire-drill$/);
    await room.headline(/Practice/);
    await room.hasTopic(/^Practice/);
    await ana.types('/incident update still burning', room);
    await room.shows(/still burning/);
    await bot.settled();
    expect(await (await channel('incidents')).count(/drill|burning/)).toBe(0);
    expect(await ana.types('/incident list')).not.toContain('Fire drill');
  });
});
