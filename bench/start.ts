import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openForm, submit } from './support/declare.ts';
import { type Figure, ms, spread } from './support/figures.ts';
import { openStand, type Stand } from './support/stand.ts';

const starts = 20;

/** How soon the bot is ready, what it weighs, and how soon it answers again after `kill -9` in the middle of its work. */
export async function start(copy: Copy): Promise<Figure[]> {
  await using stand = await openStand(copy);
  const { bot } = stand;
  const ready: number[] = [];
  const back: number[] = [];
  const weight: number[] = [];
  for (let count = 0; count < starts; count++) {
    await bot.kill();
    const began = performance.now();
    await bot.start();
    ready.push(performance.now() - began);
    weight.push(resident(bot.pid()));
    back.push(await backAtWork(stand));
  }
  return [
    { what: 'start to ready', atLeast: '≤ 0.5 s', measured: spread(ready), n: ready.length },
    {
      what: 'resident memory when ready',
      atLeast: '≤ 120 MB',
      measured: `at most ${Math.max(...weight)} MB`,
      n: weight.length,
    },
    {
      what: 'back at work after kill -9 (SQLite): first new command acknowledged',
      atLeast: '≤ 2 s',
      measured: `${spread(back)}, longest ${ms(Math.max(...back))}`,
      n: back.length,
    },
    await atRest(stand),
    await afterWork(stand),
  ];
}

async function backAtWork({ slack, bot }: Stand): Promise<number> {
  const ana = slack.as('ana');
  const view = await openForm(ana);
  const submitted = submit(ana, view).catch(() => undefined);
  await sleep(Math.random() * 30);
  await bot.kill();
  const began = performance.now();
  const starting = bot.start();
  for (;;) {
    const { ok } = await slack.as('ben').command('/incident list', { channel: 'incidents' });
    if (ok) break;
    await sleep(5);
  }
  const took = performance.now() - began;
  await starting;
  await submitted;
  return took;
}

/** What the start left behind is collected once nothing is to be done. */
async function atRest({ bot }: Stand): Promise<Figure> {
  const rests = 5;
  const weight: number[] = [];
  for (let count = 0; count < rests; count++) {
    await bot.kill();
    await bot.start();
    await sleep(12_000);
    weight.push(resident(bot.pid()));
  }
  return {
    what: 'resident memory 12 s after it is ready',
    atLeast: '≤ 120 MB',
    measured: `at most ${Math.max(...weight)} MB`,
    n: rests,
  };
}

async function afterWork({ slack, bot }: Stand): Promise<Figure> {
  const ana = slack.as('ana');
  const declares = 100;
  for (let count = 0; count < declares; count++) await submit(ana, await openForm(ana));
  await sleep(2_000);
  return {
    what: `resident memory after ${declares} declares`,
    atLeast: '≤ 120 MB',
    measured: `${resident(bot.pid())} MB`,
    n: 1,
  };
}

/** Megabytes. */
function resident(pid: number | undefined): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
