import { describe, expect, it } from '@jest/globals';
import type { FileInfo } from '../../sandbox/wire.ts';
import { eventually } from '../support/eventually.ts';
import type { Room } from '../support/room.ts';
import { story } from '../support/story.ts';

const filesIn = async (room: Room): Promise<FileInfo[]> => (await room.messages()).flatMap(({ files = [] }) => files);

/** Waits until there are so many files of the bot's in the channel. */
const arrived = (room: Room, count: number): Promise<FileInfo[]> =>
  eventually(`${count} files in #${room.name}`, async () => {
    const files = await filesIn(room);
    return files.length >= count ? files : undefined;
  });

/** As the page beside the sandbox reads it. */
const contentOf = async (file: FileInfo): Promise<string> =>
  (await fetch(file.url_private, { headers: { 'sec-fetch-site': 'same-origin' } })).text();

describe('an export', () => {
  const { ana, ben, gus, bot, faults, applied, channel } = story();

  async function anIncident(): Promise<Room> {
    await ana.declares('Checkout is failing', { services: ['checkout'] });
    const room = await ana.isInvitedTo(/inc-/);
    await room.headline();
    return room;
  }

  it('comes into the channel in every format, and by itself into the thread at resolution', async () => {
    const room = await anIncident();
    expect(await ana.types('/incident export docx', room)).toMatch(/do not know the format/);
    expect(await ana.types('/incident export all', room)).toMatch(/Markdown, HTML, PDF and JSON of #1/);
    const files = await arrived(room, 4);
    expect(files.map(({ name }) => name.replace(/\d{4}-\d\d-\d\d-\d{4}/, 'T')).toSorted()).toEqual([
      'incident-1-T.html',
      'incident-1-T.json',
      'incident-1-T.md',
      'incident-1-T.pdf',
    ]);
    const of = (ending: string) => contentOf(files.find(({ name }) => name.endsWith(ending)) as FileInfo);
    expect(await of('.md')).toMatch(/^# #1 Checkout is failing/);
    expect(await of('.md')).toContain('| Declared |');
    expect(await of('.md')).toMatch(/\| Services \| Checkout \|/);
    expect(await of('.html')).toContain('<h1 dir="auto">#1 Checkout is failing</h1>');
    expect(await of('.pdf')).toMatch(/^%PDF-/);
    expect(JSON.parse(await of('.json'))).toMatchObject({ format: 'tocsin-incident', incident: { number: 1 } });

    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'no' });
    const headline = await room.headline(/Resolved/);
    await arrived(room, 5);
    const last = (await room.messages()).findLast(({ files = [] }) => files.length > 0);
    expect(last).toMatchObject({ thread_ts: headline.ts, files: [{ name: expect.stringMatching(/\.md$/) }] });
  });

  it('is not posted twice when Slack’s answer is lost, and is no guest’s to ask for', async () => {
    const room = await anIncident();
    await faults.add({ kind: 'lost-reply', method: 'files.completeUploadExternal', times: 1 });
    await ana.types('/incident export', room);
    await arrived(room, 1);
    await bot.settled();
    expect(await filesIn(room)).toHaveLength(1);
    expect(await applied('files.completeUploadExternal')).toBe(1);
    expect(await gus.types('/incident export')).toMatch(/Guests cannot/);
  });

  it('goes into the canvas of the channel, and over what stood there', async () => {
    const room = await anIncident();
    await ana.types('/incident export canvas', room);
    await bot.settled();
    await ana.types('/incident export canvas', room);
    await bot.settled();
    expect(await applied('conversations.canvases.create')).toBe(1);
    expect(await applied('canvases.edit')).toBe(1);
  });

  it('of a private incident stays with those who are in it', async () => {
    await ana.declares('Layoffs', { private: true });
    const room = await ana.isInvitedTo(/inc-/);
    await room.headline();
    expect(await ben.types('/incident export')).not.toMatch(/I am making/);
    await ana.types('/incident export', room);
    const [file] = await arrived(room, 1);
    expect(file?.name).not.toMatch(/layoffs/i);
    await bot.settled();
    expect((await (await channel('incidents')).messages()).flatMap(({ files = [] }) => files)).toEqual([]);
  });
});

describe('without the scope for files', () => {
  const without = story({
    sandbox: {
      scopes:
        'commands chat:write channels:manage channels:read channels:history users:read im:write im:history reactions:read reactions:write pins:write bookmarks:write bookmarks:read'.split(
          ' ',
        ),
    },
  });
  it('the channel is told once what is missing', async () => {
    without.tolerate('missing-scope');
    await without.ana.declares('Checkout is failing');
    const room = await without.ana.isInvitedTo(/inc-/);
    await room.headline();
    await without.ana.types('/incident export', room);
    await room.shows(/could not post the Markdown export[\s\S]*lacks the scope files:write/);
  });
});
