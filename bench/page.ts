import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { browserPath, openBrowser } from '../tests/sandbox/page/browser.ts';
import { type Program, startProgram, takenPort } from '../tests/sandbox/page/program.ts';
import { composer, message, openScreens } from '../tests/sandbox/page/screen.ts';
import { at, type Figure, median, ms, spread } from './support/figures.ts';

const openings = 20;
const starts = 10;
const messages = 5_000;
const keystrokes = 200;
const windows = 10;
const rounds = 30;

/** The sandbox's page in a real browser: what it weighs, how soon it is there, and whether it keeps up. */
export async function page(): Promise<Figure[]> {
  if (!browserPath) throw new Error('There is no Chromium: apt-get install chromium, or set CHROMIUM.');
  await using taken = await takenPort();
  const usable: number[] = [];
  for (let count = 0; count < starts; count += 1) usable.push(await startToUsable(taken.port));
  await using program = await startProgram({ port: taken.port, botPort: taken.port + 1 });
  const paints: number[] = [];
  for (let count = 0; count < openings; count += 1) paints.push(await firstPaint(program));
  return [
    { what: 'script before the first message, gzipped', atLeast: '≤ 150 kB', measured: await weight(program), n: 1 },
    { what: 'npm start to a page one can type into', atLeast: '≤ 5 s', measured: spread(usable), n: usable.length },
    { what: 'first paint, nothing cached', atLeast: '≤ 1 s', measured: spread(paints), n: paints.length },
    ...(await manyMessages(program)),
    await manyWindows(program),
  ];
}

async function startToUsable(port: number): Promise<number> {
  const browser = await openBrowser();
  const began = performance.now();
  await using program = await startProgram({ port, botPort: port + 1 });
  await using screens = await openScreens(browser, program.url);
  await composer(await screens.as('ana')).waitFor();
  const took = performance.now() - began;
  await browser.close();
  return took;
}

async function weight({ url }: Program): Promise<string> {
  const index = await (await fetch(url)).text();
  const scripts = [...index.matchAll(/"(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path);
  const bytes = await Promise.all(scripts.map(async (path) => (await fetch(url + path)).arrayBuffer()));
  return `${Math.round(bytes.reduce((sum, one) => sum + gzipSync(new Uint8Array(one)).length, 0) / 1000)} kB`;
}

/** In a browser that has never been there. */
async function firstPaint({ url }: Program): Promise<number> {
  const browser = await openBrowser();
  await using screens = await openScreens(browser, url);
  const page = await screens.as('ana');
  await composer(page).waitFor();
  const at = await page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0].startTime`);
  await browser.close();
  return at;
}

async function manyMessages({ slack, url }: Program): Promise<Figure[]> {
  await slack.burst({ count: messages, channel: 'general' });
  const general = (await slack.channel('general'))?.id ?? '';
  const browser = await openBrowser();
  await using screens = await openScreens(browser, url);
  const page = await screens.as('ana', { place: `/${general}` });
  await message(page, `burst ${messages - 1}`).waitFor();
  const keys = await typed(page);
  const frames = await scrolled(page);
  const late = frames.filter((took) => took > 34).length;
  await browser.close();
  return [
    {
      what: `key press to paint, ${messages} messages in the channel`,
      atLeast: 'median ≤ 50 ms',
      measured: spread(keys),
      n: keys.length,
    },
    {
      what: 'frames while scrolling back through them',
      atLeast: '',
      measured: `${spread(frames)}, ${late} of them later than 34 ms`,
      n: frames.length,
    },
  ];
}

/** From the key to the task after the frame that shows it. */
async function typed(page: Page): Promise<number[]> {
  await page.evaluate(`(() => {
    window.painted = [];
    addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => painted.push(performance.now() - timeStamp);
      port2.postMessage(0);
    }), true);
  })()`);
  await composer(page).focus();
  for (let count = 0; count < keystrokes; count += 1) await page.keyboard.press('abcdefgh '[count % 9] ?? 'a');
  await sleep(500);
  const painted = await page.evaluate<number[]>('painted');
  if (painted.length !== keystrokes) throw new Error(`${painted.length} of ${keystrokes} keys were painted`);
  return painted;
}

/** 40 pixels with each frame, as a hand that is in a hurry; older pages come in meanwhile. */
const scrolled = (page: Page): Promise<number[]> =>
  page.evaluate<number[]>(`new Promise((done) => {
    const list = document.querySelector('.messages-scroll');
    const frames = [];
    let before = performance.now();
    const next = (now) => {
      frames.push(now - before);
      before = now;
      list.scrollTop -= 40;
      if (frames.length < 600) requestAnimationFrame(next);
      else done(frames.slice(1));
    };
    requestAnimationFrame(next);
  })`);

/** Ten windows of ten people: from the moment somebody sends a message until each shows it. */
async function manyWindows({ slack, url }: Program): Promise<Figure> {
  const browser = await openBrowser();
  await using screens = await openScreens(browser, url);
  const incidents = (await slack.channel('incidents'))?.id ?? '';
  const pages: Page[] = [];
  for (let count = 0; count < windows; count += 1) {
    const name = `window${count}`;
    await (await slack.addPerson({ name })).join(incidents);
    const page = await screens.as(name, { place: `/${incidents}` });
    await composer(page).waitFor();
    await page.evaluate(watch);
    pages.push(page);
  }
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const words = `round ${round}.`;
    const began = Date.now();
    await slack.as('ben').say(words, { channel: incidents });
    const seen = pages.map((page) => page.evaluate<number>(`seen('${words}')`));
    for (const when of await Promise.all(seen)) times.push(when - began);
    await sleep(100);
  }
  await browser.close();
  return {
    what: `until a message is seen in ${windows} windows at once`,
    atLeast: '',
    measured: `median ${ms(median(times))}, longest ${ms(at(1, times))}`,
    n: times.length,
  };
}

/** When words came into the document, by the clock that this process has as well. */
const watch = `(() => {
  const when = {};
  new MutationObserver(() => {
    for (const one of document.querySelectorAll('.message'))
      for (const words of one.textContent.match(/round \\d+\\./g) ?? []) when[words] ??= Date.now();
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
  window.seen = (words) => new Promise((done) => {
    const look = () => (when[words] ? done(when[words]) : setTimeout(look, 20));
    look();
  });
})()`;
