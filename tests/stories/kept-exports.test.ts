import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import type { Room } from '../support/room.ts';
import { story } from '../support/story.ts';

/** Drawing a PDF starts a program; on a busy machine that takes seconds. Milliseconds. */
const within = 40_000;

const home = mkdtempSync(join(tmpdir(), 'tocsin-kept-'));
afterAll(() => rmSync(home, { recursive: true }));

describe('EXPORT_DIR', () => {
  const exportDir = join(home, 'kept');
  const { ana, bot, clock } = story({ exportDir });
  afterEach(() => rmSync(exportDir, { recursive: true, force: true }));

  async function resolved(title: string, options = {}): Promise<Room> {
    await ana.declares(title, options);
    const room = await ana.isInvitedTo(/inc-/);
    await room.headline();
    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'no' });
    await room.headline(/Resolved/);
    return room;
  }

  const name = 'incident-1-etc-passwd';
  const whole = ['html', 'json', 'md', 'pdf'].map((ending) => `${name}.${ending}`);

  it('has a resolved incident in every format, once, also after a restart', async () => {
    await resolved('../../etc/passwd');
    await bot.settled(within);
    expect(readdirSync(exportDir, { recursive: true }).toSorted()).toEqual(whole);
    expect(readdirSync(home).toSorted()).toEqual(['chromium', 'kept']);
    const times = () => whole.map((file) => statSync(join(exportDir, file)).mtimeMs);
    const written = times();
    await bot.stop();
    await bot.start();
    await clock.forward({ minutes: 30 });
    await bot.settled(within);
    expect(times()).toEqual(written);
  }, 90_000);

  it('that cannot be written to is said in the log, tried again, and has everything once it is put right', async () => {
    writeFileSync(exportDir, 'a file in the place of the folder');
    await resolved('../../etc/passwd');
    await eventually(
      'the log to say so',
      async () => /the folder of exports cannot be written to/.exec(bot.log())?.[0],
      {
        within,
      },
    );
    expect(bot.log()).toMatch(/effect failed, will be tried again/);
    await bot.stop();
    rmSync(exportDir);
    await bot.start();
    await clock.forward({ minutes: 6 });
    await bot.settled(within);
    expect(readdirSync(exportDir).toSorted()).toEqual(whole);
  }, 90_000);

  it('has nothing of a private incident', async () => {
    mkdirSync(exportDir);
    await resolved('Layoffs', { private: true });
    await bot.settled(within);
    expect(readdirSync(exportDir)).toEqual([]);
  }, 60_000);
});

describe('with a Chromium that is broken', () => {
  const chromium = join(home, 'chromium');
  writeFileSync(chromium, '#!/bin/sh\necho "no display" >&2\nexit 3\n');
  chmodSync(chromium, 0o755);
  const { ana, bot } = story({ chromium });

  it('the PDF comes all the same, and channel and log say how', async () => {
    await ana.declares('Checkout is failing');
    const room = await ana.isInvitedTo(/inc-/);
    await room.headline();
    await ana.types('/incident export pdf', room);
    await bot.settled(within);
    await room.shows(
      /exported this incident as PDF[\s\S]*Chromium could not print it \(Chromium ended with 3\. no display\)/,
    );
    const files = (await room.messages()).flatMap((message) => message.files ?? []);
    expect(files.map(({ name }) => name)).toEqual([expect.stringMatching(/\.pdf$/)]);
    expect(bot.log()).toMatch(/Chromium could not print; the PDF is drawn without it/);
  }, 60_000);
});
