import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import type { Room } from '../support/room.ts';
import { story } from '../support/story.ts';

const { ana, ben, gus, sam, slack, clock, bot, incidents } = story();

async function anIncident(): Promise<Room> {
  await ana.declares('Checkout is failing');
  const room = await ana.isInvitedTo(/checkout/);
  await room.headline();
  return room;
}

const taskOf = async (number: number) => (await incidents())[0]?.tasks.find((task) => task.number === number);

/** Who has reacted to a message with what. */
async function reactions(room: Room, ts: string, names: string[]): Promise<void> {
  const look = async () => {
    const message = (await room.messages()).find((one) => one.ts === ts);
    return (message?.reactions ?? []).map(({ name }) => name).toSorted();
  };
  await eventually(
    `reactions ${names}`,
    async () => (String(await look()) === String(names.toSorted()) ? true : undefined),
    { seen: async () => String(await look()) },
  );
}

describe('tasks', () => {
  it('are given in one line, taken, reminded of once, and done', async () => {
    const room = await anIncident();
    await ana.types(`/incident task restart the API <@${ben.id}|ben> by in 20 minutes`, room);
    await room.shows(/added a task: 1\. restart the API/);
    await room.headline(/Tasks\* 1 open/);
    await ben.isInvitedTo(/checkout/);
    await ben.isTold(/gave you a task/);
    await bot.settled();
    await clock.forward({ minutes: 21 });
    await ben.isTold(/A task of yours is due/);
    await clock.forward({ hours: 2 });
    await bot.settled();
    const told = await ben.self().directMessages();
    expect(told.filter(({ text }) => /is due/.test(text))).toHaveLength(1);
    await ben.presses('Done', await ben.dm());
    await room.shows(/finished a task: 1/);
    expect(await taskOf(1)).toMatchObject({ owner: ben.id, done: { by: ben.id } });

    await ana.types('/incident task look at the queue', room);
    expect(await ana.types('/incident task', room)).toMatch(/1 open task[\s\S]*2\. look at the queue/);
    await ana.presses('I take it', room);
    await ana.sees(/2\. look at the queue · <@/, room);
    expect(await taskOf(2)).toMatchObject({ owner: ana.id });
    await ana.types('/incident task 2 by tomorrow 9:00', room);
    await room.shows(/changed a task: 2/);
    await ana.types('/incident task drop 2', room);
    await room.shows(/dropped task 2/);
    expect(await ana.types('/incident task done 2', room)).toMatch(/no such task/);
  });

  it('say what they do not understand, and do nothing then', async () => {
    const room = await anIncident();
    expect(await ana.types('/incident task restart by 25:99', room)).toMatch(/do not understand the time \*25:99/);
    expect(await ana.types('/incident task dnoe 3', room)).toMatch(/Did you mean `\/incident task done 3`/);
    expect(await ana.types(`/incident task restart <@${gus.id}|gus>`, room)).toMatch(/Guests cannot/);
    expect(await ana.types(`/incident task restart <@${sam.id}|sam>`, room)).toMatch(/not of this workspace/);
    await ana.types(`/incident task ${'look '.repeat(8_000)}`, room);
    await ana.submits({ owner: ana.id }, 'Add a task');
    await room.shows(/added a task: 1\. look look/);
    expect((await incidents())[0]?.tasks).toHaveLength(1);
  });

  it('are made of a message by a reaction, and undone with it', async () => {
    const room = await anIncident();
    await ben.self().join(room.id);
    const said = await ben.says('Somebody must call the bank', room);
    await ben.self().react('ballot_box_with_check', said);
    await reactions(room, said.ts, ['ballot_box_with_check', 'memo']);
    expect(await taskOf(1)).toMatchObject({ text: 'Somebody must call the bank', by: ben.id });
    expect(await ana.types('/incident task', room)).toMatch(/call the bank/);
    await ana.self().react('ballot_box_with_check', said);
    await bot.settled();
    await ben.self().unreact('ballot_box_with_check', said);
    await bot.settled();
    // Ana's is still there.
    expect(await taskOf(1)).toBeDefined();
    await ana.self().unreact('ballot_box_with_check', said);
    await room.shows(/dropped task 1/);
    await reactions(room, said.ts, []);

    await ana.self().react('ballot_box_with_check', said);
    await room.shows(/added a task: 2/);
    await ana.types('/incident task done 2', room);
    await reactions(room, said.ts, ['ballot_box_with_check', 'memo', 'white_check_mark']);
  });

  it('are made of a message by the shortcut, here and elsewhere', async () => {
    const room = await anIncident();
    const here = await ana.says('Check the certificates', room);
    await ana.self().messageShortcut('make-task', here);
    await ana.submits({ owner: ana.id }, 'Add a task');
    await room.shows(/added a task: 1\. Check the certificates/);
    await reactions(room, here.ts, ['memo']);
    const elsewhere = await ben.says('Mails are late too', 'general');
    await ben.self().messageShortcut('make-task', elsewhere);
    const [incident] = await incidents();
    await ben.submits({ incident: incident?.id ?? '' }, 'Of which incident?');
    await room.shows(/added a task: 2\. Mails are late too/);
    expect((await slack.violations()).length).toBe(0);
  });
});
