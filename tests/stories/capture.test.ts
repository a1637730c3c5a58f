import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { story } from '../support/story.ts';
import { isComplete, kept, peopleTalk } from '../support/whole-record.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const policyFile = join(mkdtempSync(join(tmpdir(), 'tocsin-policy-')), 'tocsin.yml');
const shipped = readFileSync('config/tocsin.yml', 'utf8');
writeFileSync(policyFile, `${shipped.replace(/^incidentAdmins:.*$/m, '')}\nincidentAdmins: [U0000000ANA]\n`);
cpSync('config', dirname(policyFile), { recursive: true, filter: (path) => !path.endsWith('tocsin.yml') });

describe('the record of a channel', () => {
  const told = story({ policyFile });
  const { ana, ben, bot, read, incidents, slack, clock } = told;

  it('keeps everything that is said, with earlier texts, reactions, pins and images', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await bot.settled();
    await peopleTalk(told, room);
    const picture = { name: 'latency.png', content: png, encoding: 'base64' as const };
    await ana.self().upload(picture, { channel: room.id });
    await bot.settled();
    const record = await isComplete(told, room);
    expect(record.find(({ text }) => text === 'restarting broker 3 only')?.earlier).toMatchObject([
      { text: 'restarting the broker' },
    ]);
    expect(record.map(({ kind }) => kind)).toContain('joined');
    const answer = await ben.types('/incident find restart', room);
    expect(answer).toMatch(/Said in this channel[\s\S]*restarting broker 3 only/);
    expect(await ben.types('/incident find restart', 'general')).not.toContain('broker');
    const images = await eventually('the image', async () => {
      const [incident] = await incidents();
      const found = await read((tx) => tx.images.of(incident?.id ?? ''));
      return found.length > 0 ? found : undefined;
    });
    expect(images).toMatchObject([{ name: 'latency.png', type: 'image/png' }]);
    const image = await read((tx) => tx.images.load(images[0]?.id ?? ''));
    expect(image?.bytes.toString('base64')).toBe(png);
  });

  it('has the whole record after an hour without it', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await bot.settled();
    const { first, parent } = await peopleTalk(told, room);
    await bot.settled();
    await bot.stop();
    await clock.forward({ minutes: 30 });
    await peopleTalk(told, room, first);
    await ben.self().say('still on it', { channel: room.id, thread: parent.ts });
    await ana.self().delete({ channel: room.id, ts: parent.ts });
    await clock.forward({ minutes: 30 });
    await bot.start();
    await bot.settled();
    const record = await isComplete(told, room);
    expect(record.find(({ ts }) => ts === first.ts)).toMatchObject({
      text: 'the queue was full',
      earlier: [{ text: 'the queue is full' }],
    });
    expect(record.some(({ text }) => text.includes('hunter2'))).toBe(false);
  });

  it('holds nothing of what was erased, and nor does the file', async () => {
    const canary = 'kanarienvogel';
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await bot.settled();
    await ben.self().join(room.id);
    const at = { channel: room.id };
    const one = await ben.self().say(`the key is ${canary}`, at);
    await ben.self().pin({ ...at, ts: one.ts });
    await ben.self().messageShortcut('make-task', { ...at, ts: one.ts });
    const other = await ana.self().say(`${canary} too`, at);
    await ana.self().edit({ ...at, ts: other.ts }, `${canary} no more`);
    const gone = await ana.self().say(`${canary} that Slack deletes`, at);
    await ana.self().delete({ ...at, ts: gone.ts });
    await bot.settled();
    expect((await kept(told)).filter(({ text }) => text.includes(canary))).toHaveLength(2);

    expect(await ben.types('/incident erase everything', room)).toContain('Only incident admins');
    const link = `https://example.slack.com/archives/${room.id}/p${other.ts.replace('.', '')}`;
    expect(await ana.types(`/incident erase ${link}`, room)).toContain('Erase this message');
    await ana.presses('Erase', room);
    await bot.settled();
    expect(await ana.types('/incident erase @ben', room)).toMatch(/Erase \d+ messages of <@U0000000BEN>/);
    await ana.presses('Erase', room);
    await bot.settled();

    const record = await kept(told);
    expect(record.filter(({ erasedBy }) => erasedBy === ana.id).map(({ text }) => text)).toContain('');
    const [incident] = await incidents();
    const events = await read((tx) => tx.record.of(incident?.id ?? '', ['messagesErased']));
    expect(events.map(({ event, by }) => ({ by, ...event }))).toMatchObject([
      { by: ana.id, of: 'message', count: 1 },
      { by: ana.id, of: 'person', person: ben.id },
    ]);
    await bot.stop();
    expect(readFileSync(told.file()).includes(canary)).toBe(false);
    expect(JSON.stringify(await slack.messages(room.id))).toContain(canary);
  });
});

describe('an app that may read history once a minute', () => {
  const told = story({ bot: 'process', sandbox: { slowHistory: true } });
  const { ana, bot, clock, slack, tolerate } = told;
  beforeEach(() => tolerate('missing-ack', 'ratelimited'));
  const pages = async () => {
    const calls = (await slack.ledger()).filter((one) => one.kind === 'call' && one.method === 'conversations.history');
    // With metadata: somebody looked for a post whose reply was lost.
    return calls.filter((one) => one.kind === 'call' && one.applied && !one.args.include_all_metadata).length;
  };

  it('goes on where it was killed, and does not begin anew', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/checkout/);
    await bot.settled();
    await bot.kill();
    for (let number = 0; number < 40; number++) await ana.self().say(`message ${number}`, { channel: room.id });
    await clock.forward({ hours: 1 });
    const before = await pages();
    const read = async () => (await kept(told)).filter(({ text }) => text.startsWith('message')).length;
    await bot.start();
    await eventually('the first page', async () => ((await read()) > 0 ? true : undefined));
    await bot.kill();
    expect(await read()).toBe(15);
    await bot.start();
    await eventually('the rest', async () => {
      await clock.forward({ minutes: 1 });
      return (await read()) === 40 ? true : undefined;
    });
    await eventually('all of it to be read', async () => {
      await clock.forward({ minutes: 1 });
      const captured = await told.read((tx) => tx.captures.of(room.id));
      return captured?.gaps.reading ? undefined : true;
    });
    await isComplete(told, room);
    const all = (await slack.messages(room.id)).filter(({ thread_ts: thread, ts }) => !thread || thread === ts);
    // Each page once; and once more, since each start reads what may have come while nobody listened. One was cut short by the kill.
    expect((await pages()) - before).toBeLessThanOrEqual(2 * Math.ceil(all.length / 15) + 1);
  });
});
