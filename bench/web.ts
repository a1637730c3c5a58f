import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { openStore } from '../src/store/store.ts';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openBrowser } from '../tests/sandbox/page/browser.ts';
import { beside } from '../tests/support/beside.ts';
import { aBusyIncident, busy } from './support/busy.ts';
import { type Figure, spread } from './support/figures.ts';
import { openStand } from './support/stand.ts';

const openings = 15;

const pages = {
  'the list of incidents': '/incidents?status=all',
  'its page': '/incidents/1',
  'what was said in it': '/incidents/1/record',
  'what was said in it, by words': '/incidents/1/record?words=queue+worker',
  'its postmortem': '/incidents/1/postmortem',
};

/** Real milliseconds between two looks whether it has painted: the time is the browser's own. */
const untilNextLook = 50;

/** The pages in a window that shares nothing with those before, on the incident of a long day. */
export async function web(copy: Copy): Promise<Figure[]> {
  await using stand = await openStand(copy, 0, { before: ({ databaseUrl }) => aLongDay(databaseUrl) });
  await using browser = await openBrowser();
  const figures: Figure[] = [];
  for (const [name, path] of Object.entries(pages)) {
    const times: number[] = [];
    for (let count = 0; count < openings; count += 1) times.push(await firstPaint(browser, stand.bot.url(), path));
    const what = `first paint of ${name}, ${busy.messages.toLocaleString('en')} messages, ${busy.entries} entries`;
    figures.push({ what, atLeast: '≤ 1 s', measured: spread(times), n: times.length });
  }
  return figures;
}

async function aLongDay(url: string): Promise<void> {
  {
    await using database = await openDatabase(url);
    await migrate(database);
    await aBusyIncident(openStore(database));
  }
  await beside(url, (_, desk) => desk.handle('inc_busy', { type: 'reportPostmortemDrafted' }, { person: 'U00001' }));
}

/** Milliseconds since the page was asked for. */
async function firstPaint(browser: Browser, url: string, path: string): Promise<number> {
  await using context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in/slack`);
  await page.getByRole('link', { name: 'Ana Ruiz' }).click();
  await page.goto(`${url}${path}`);
  for (;;) {
    // The content policy lets nothing be waited for inside the page; the debugger may look.
    const at = await page.evaluate<number | undefined>(
      `performance.getEntriesByName('first-contentful-paint')[0]?.startTime`,
    );
    if (at !== undefined) return at;
    await sleep(untilNextLook);
  }
}
