import { expect, it } from '@jest/globals';
import type { Message } from '../../sandbox/wire.ts';
import type { Room } from '../support/room.ts';
import { wordsOfView } from '../support/shown.ts';
import { story } from '../support/story.ts';

const { ana, ben, chloe, dev, slack, faults, bot, incidents, tolerate } = story({ logLevel: 'debug' });

/** Every word of the incident's has it in it. Nothing that somebody types outside has. */
const canary = /canary/i;
const insiders = [ana, chloe, dev];

/** Whatever a person can say about an incident in one line; what help does not name this version cannot do. */
const lines = [
  'lead',
  'role scribe @chloe',
  'shadow deputy',
  'handover @dev: canary-handover',
  'update canary-update',
  'status identified canary-finding',
  'severity 1 canary-reason',
  'task canary-task @dev',
  'link https://canary.example/board canary-link',
  'decide',
  'impact yes',
  'rename canary-rename',
  'ask canary-question',
];

/** What somebody outside may try, and gets an answer or a form to. */
const attempts = [
  'list',
  'list all',
  'find payroll',
  'find leak',
  'update x',
  'status',
  'roles',
  'take deputy',
  'handover',
  'catchup',
  'merge',
  'subscribe #1',
  'link #1',
  'practice',
];

async function understood(these: string[]): Promise<string[]> {
  const help = await ben.types('/incident help', 'general');
  return these.filter((line) => help.includes(`/incident ${line.split(' ')[0]}`));
}

async function everythingHappens(): Promise<Room> {
  // Something fails for good too: the log, the headline and /readyz speak of it.
  await faults.add({ kind: 'api-error', method: 'bookmarks.add', error: 'restricted_action' });
  await ana.declares('Leak of canary-title in payroll', { private: true, summary: 'canary-summary', in: 'general' });
  const room = await ana.isInvitedTo(/private/);
  await room.headline(canary);
  for (const line of await understood(lines)) await ana.types(`/incident ${line}`, room);
  await bot.settled();
  await dev.presses('Accept', await dev.dm());
  await chloe.isInvitedTo(/private/);
  await bot.settled();
  return room;
}

/** All that reaches somebody who was not invited: answers, forms, channels, home. */
async function reachesBen(): Promise<string[]> {
  const answers: string[] = [];
  for (const attempt of await understood(attempts)) answers.push(await ben.types(`/incident ${attempt}`, 'general'));
  await ben.types('/incident Payroll leak', 'general');
  await ben.form('Declare an incident');
  await ben.self().shortcut('declare');
  await ben.self().openHome();
  await bot.settled();
  const forms = (await ben.self().views()).map(wordsOfView);
  const mine = (await ben.self().channels()).filter(({ members }) => members.includes(ben.id));
  const rooms = await Promise.all(mine.map(({ id }) => ben.self().sees(id)));
  return [
    ...answers,
    ...forms,
    JSON.stringify((await ben.self().home()) ?? null),
    JSON.stringify([...rooms.flat(), ...(await ben.self().directMessages())].filter(isTheBots)),
  ];
}

const isTheBots = ({ bot_id: by, ephemeralFor }: Message) => Boolean(by ?? ephemeralFor);

/** What the bot wrote or asked for anywhere but in the incident's channel and with its people. */
async function callsOutside(room: Room): Promise<string[]> {
  const theirs = new Set([room.id, ...(await Promise.all(insiders.map((one) => one.dm())))]);
  return (await slack.ledger()).flatMap((entry) => {
    if (entry.kind !== 'call' || !/^(chat|conversations|files|pins|bookmarks)\./.test(entry.method)) return [];
    const { channel, channel_id: also, users } = entry.args;
    const toThem = theirs.has(String(channel ?? also)) || insiders.some(({ id }) => id === users);
    return toThem ? [] : [`${entry.method} ${JSON.stringify(entry.args)}`];
  });
}

it('the words and people of a private incident reach nobody who was not invited', async () => {
  // So much at once is more than Slack takes from anybody; it comes a little later.
  tolerate('ratelimited');
  const room = await everythingHappens();
  const outside = {
    reachesBen: await reachesBen(),
    calls: await callsOutside(room),
    channels: (await slack.channels())
      .filter(({ kind, id }) => kind !== 'im' && id !== room.id)
      .map(({ name, topic }) => `${name} ${topic}`),
    name: [room.name],
    log: [bot.log()],
    metrics: [await bot.page('/metrics')],
    readyz: [await bot.page('/readyz')],
  };

  // It happened, and each place has something in it: else nothing would prove nothing.
  const [incident] = await incidents();
  expect(incident).toMatchObject({
    isPrivate: true,
    roles: { commander: { person: dev.id }, scribe: { person: chloe.id } },
  });
  expect(JSON.stringify(await room.messages())).toMatch(/canary-update[\s\S]*canary-finding/);
  expect(outside.reachesBen.join('\n')).toContain('A private incident was declared');
  expect(outside.log.join('\n')).toContain('bookmark');
  expect(outside.readyz.join('\n')).toContain('bookmark');
  expect(outside.calls.join('\n')).toContain('chat.postMessage');

  for (const [where, said] of Object.entries(outside)) {
    for (const one of said) {
      expect({ where, leak: canary.exec(one)?.input }).toEqual({ where, leak: undefined });
      if (where === 'log') continue;
      for (const { id } of insiders) expect({ where, names: one.includes(id) && one }).toEqual({ where, names: false });
    }
  }
});
