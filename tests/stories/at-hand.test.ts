import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Room } from '../support/room.ts';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-at-hand-'));
afterAll(() => rmSync(folder, { recursive: true }));
const policyFile = join(folder, 'tocsin.yml');
writeFileSync(
  policyFile,
  readFileSync('config/tocsin.yml', 'utf8').replace(
    '# bridge: https://meet.example.com',
    'bridge: https://meet.example.com',
  ),
);

const { ana, ben, chloe, slack, clock, bot, channel, incidents, applied, tolerate } = story({ policyFile });

async function anIncident(title = 'Checkout is failing', more: Parameters<typeof ana.declares>[1] = {}): Promise<Room> {
  await ana.declares(title, more);
  const room = await ana.isInvitedTo(new RegExp(title.toLowerCase().replaceAll(' ', '-')));
  await room.headline();
  return room;
}

describe('the tray', () => {
  it('opens by a bare command and by More, shows what is possible, and every button in it does something', async () => {
    const room = await anIncident();
    const tray = await ana.types('/incident', room);
    expect(tray).toMatch(/Post update[\s\S]*Change status[\s\S]*Resolve[\s\S]*Add a task[\s\S]*Links/);
    await ana.presses('More', room);
    await ana.sees(/What can be done about #1 now/, room);
    await ana.self().press({ actionId: 'catch-up' }, { channel: room.id });
    await ana.sees(/So far[\s\S]*declared by/, room);
    await ana.self().press({ actionId: 'open-severity' }, { channel: room.id });
    await ana.submits({ to: 'sev1' }, 'Change severity');

    await ana.types('/incident resolve now', room);
    await room.headline(/Resolved by/);
    expect(await ana.types('/incident', room)).not.toMatch(/Change status|Add a task/);
  });
});

describe('list and find', () => {
  it('show what is open, mine, of a kind, and turn pages', async () => {
    // A dozen bookmarks at once are more than Slack takes; the rest follows.
    tolerate('ratelimited');
    await anIncident('Search is slow', { severity: 'sev1', services: ['api'] });
    for (let count = 0; count < 11; count++)
      await ben.declares(`Printer ${'abcdefghijk'[count]} burns`, { severity: 'sev3' });
    expect(await ana.types('/incident list', 'general')).toMatch(/12 incidents are open[\s\S]*Printer k[\s\S]*Older/);
    await ana.presses('Older', 'general');
    await ana.sees(/Older incidents[\s\S]*Search is slow/, 'general');
    expect(await ana.types('/incident list sev1', 'general')).toMatch(/One incident is open \(sev1\)[\s\S]*Search/);
    expect(await ana.types('/incident list mine', 'general')).toMatch(/One incident is open \(mine\)/);
    expect(await ana.types('/incident list api', 'general')).toMatch(/One incident is open \(api\)/);
    expect(await ana.types('/incident list sve1', 'general')).toMatch(/Did you mean `\/incident list sev1`/);
    await ana.types('/incident update The shard of tenant 77 is lost', await ana.isInvitedTo(/search/));
    await bot.settled();
    expect(await ben.types('/incident find lost shards', 'general')).toMatch(/Found[\s\S]*Search is slow[\s\S]*SEV1/);
    expect(await ben.types('/incident find print', 'general')).toMatch(/newest first[\s\S]*Printer k[\s\S]*Older/);
    await ben.presses('Older', 'general');
    await ben.sees(/Found[\s\S]*Printer a/, 'general');
    expect(await ben.types('/incident find "; drop table incidents --', 'general')).toMatch(/Nothing found/);
    await ben.self().shortcut('incidents');
    await ben.form(/12 incidents are open/);
  });

  it('leave out what is private and what is practice', async () => {
    await ana.declares('Salaries leaked', { private: true });
    await ana.isInvitedTo(/^inc-1-private$/);
    for (const line of ['list', 'list all', 'find salaries', 'find 1'])
      expect(await ben.types(`/incident ${line}`, 'general')).not.toMatch(/Salaries leaked/i);
    expect(await ana.types('/incident find salaries', 'general')).toMatch(/:lock:[\s\S]*Salaries leaked/);
  });
});

describe('practice', () => {
  it('begins with one line or a short form, is marked, announced to nobody and listed as practice alone', async () => {
    await ana.types('/incident test The database is on fire', 'general');
    const room = await ana.isInvitedTo(/database/);
    await room.headline(/Practice · #1/);
    await ben.types('/incident test', 'general');
    await ben.submits({ title: 'Mails are late', severity: 'sev3' }, 'Practice');
    await ben.isInvitedTo(/mails/);
    await bot.settled();
    expect((await incidents()).map(({ isPractice }) => isPractice)).toEqual([true, true]);
    expect(await (await channel('incidents')).count(/database|Mails/)).toBe(0);
    expect(await ana.types('/incident list all', 'general')).not.toMatch(/database|Mails/);
    expect(await ana.types('/incident find database', 'general')).toMatch(/Nothing found/);
    expect(await ana.types('/incident list practice', 'general')).toMatch(/Practice \*#2\*[\s\S]*Practice \*#1\*/);
  });
});

describe('catching up', () => {
  it('is offered once to whoever comes late, and to nobody else', async () => {
    const room = await anIncident();
    await ana.types('/incident severity 1 it spreads', room);
    await ben.self().join(room.id);
    await bot.settled();
    await clock.forward({ minutes: 6 });
    await chloe.self().join(room.id);
    await chloe.sees(/Shall I tell you what happened so far/, room);
    await chloe.presses('Catch me up', room);
    await chloe.sees(/So far[\s\S]*declared by[\s\S]*SEV2 → SEV1: it spreads[\s\S]*Who does what/, room);
    await chloe.self().leave(room.id);
    await chloe.self().join(room.id);
    await bot.settled();
    expect(await applied('chat.postEphemeral')).toBe(1);
    expect((await ben.self().sees(room.id)).map(wordsOf).join('\n')).not.toMatch(/Shall I tell you/);
    // Asked from elsewhere, it is still for one person.
    expect(await ben.types('/incident catchup', 'general')).toMatch(/Which\?/);
  });
});

describe('links', () => {
  it('are kept with a bookmark, shown, removed, and lead to related incidents', async () => {
    const room = await anIncident();
    await anIncident('Search is slow');
    const bookmarked = (title: RegExp, there = true) =>
      room.becomes(
        `bookmarked ${title} ${there}`,
        ({ bookmarks }) => bookmarks.some((one) => title.test(one.title)) === there,
      );
    await bookmarked(/^Call$/);
    expect(JSON.stringify((await room.headline()).blocks)).toContain('https://meet.example.com/incident-1');
    await ana.types('/incident link https://grafana.example.com/d/1?a=1&b=2 The dashboard', room);
    await room.shows(/added[\s\S]*The dashboard/);
    await bookmarked(/^The dashboard$/);
    expect(await ana.types('/incident link ftp://x', room)).toMatch(/no address I can keep/);
    await ana.types('/incident link #2', room);
    await room.shows(/marked \*#2\* as related/);
    expect(await ana.types('/incident link', room)).toMatch(/1 link[\s\S]*The dashboard[\s\S]*Related: \*#2\* Search/);
    expect(await ana.types('/incident link #2', room)).toMatch(/It is that already/);
    await ana.presses('Remove', room);
    await ana.sees(/No links yet/, room);
    await bookmarked(/^The dashboard$/, false);
    expect((await incidents()).map(({ related }) => related.length)).toEqual([1, 1]);
    expect(await ana.types('/incident catchup', room)).toMatch(/Related\* #2 Search is slow/);
    expect((await slack.violations()).length).toBe(0);
  });
});
