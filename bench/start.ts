import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openForm, submit } from './support/declare.ts';
import { type Figure, ms, spread } from './support/figures.ts';
import { openStand, type Stand } from './support/stand.ts';

const starts = 20;
/** Real milliseconds, after which V8 has collected what a start or a busy time left behind. */
const untilCollected = 15_000;

/** How soon the bot is ready, what it weighs, and how soon it answers again after `kill -9` in the middle of its work. */
export async function start(copy: Copy): Promise<Figure[]> {
  await using stand = await openStand(copy);
  return [...(await toReady(stand)), await backAtWork(stand), ...(await weightOfWork(stand))];
}

/** With nothing in hand from before: what that costs is in the time until it is back at work. */
async function toReady({ bot }: Stand): Promise<Figure[]> {
  const ready: number[] = [];
  const weight: number[] = [];
  for (let count = 0; count < starts; count++) {
    await bot.kill();
    const began = performance.now();
    await bot.start();
    ready.push(performance.now() - began);
    weight.push(resident(bot.pid()));
  }
  return [
    { what: 'start to ready', atLeast: '≤ 0.5 s', measured: spread(ready), n: ready.length },
    {
      what: 'resident memory when ready',
      atLeast: '≤ 120 MB',
      measured: `at most ${Math.max(...weight)} MB`,
      n: weight.length,
    },
  ];
}

async function backAtWork({ slack, bot }: Stand): Promise<Figure> {
  const back: number[] = [];
  for (let count = 0; count < starts; count++) {
    const submitted = submit(slack.as('ana'), await openForm(slack.as('ana'))).catch(() => undefined);
    await sleep(Math.random() * 30);
    await bot.kill();
    const began = performance.now();
    const starting = bot.start();
    for (;;) {
      const { ok } = await slack.as('ben').command('/incident list', { channel: 'incidents' });
      if (ok) break;
      await sleep(5);
    }
    back.push(performance.now() - began);
    await starting;
    await submitted;
  }
  return {
    what: 'back at work after kill -9 (SQLite): first new command acknowledged',
    atLeast: '≤ 2 s',
    measured: `${spread(back)}, longest ${ms(Math.max(...back))}`,
    n: back.length,
  };
}

async function weightOfWork({ slack, bot }: Stand): Promise<Figure[]> {
  const declares = 100;
  let most = 0;
  for (let count = 0; count < declares; count++) {
    await submit(slack.as('ana'), await openForm(slack.as('ana')));
    most = Math.max(most, resident(bot.pid()));
  }
  await sleep(untilCollected);
  return [
    {
      what: `resident memory ${untilCollected / 1000} s after ${declares} declares in a row`,
      atLeast: '≤ 120 MB',
      measured: `${resident(bot.pid())} MB`,
      n: 1,
    },
    { what: 'the most it had meanwhile', atLeast: '', measured: `${most} MB`, n: 1 },
  ];
}

/** Megabytes. */
function resident(pid: number | undefined): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
