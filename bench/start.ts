import { readFileSync } from 'node:fs';
import type { Copy } from '../tests/faults/support/bundle.ts';
import { openWorld, type World } from '../tests/faults/support/world.ts';
import { type Figure, median, ms } from './figure.ts';

const rounds = 20;

/** The production bundle: from starting the process until `/readyz` says yes, its memory, and back at work after kill -9. */
export async function start(copy: Copy): Promise<Figure[]> {
  await using world = await openWorld({ engine: 'sqlite', copy, seed: 1 });
  const [bot] = world.bots;
  if (!bot) return [];
  await world.slack.as('ana').command('/incident list', { channel: 'general' });
  const toReady: number[] = [];
  const toWork: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await bot.kill();
    const began = performance.now();
    await bot.start();
    toReady.push(performance.now() - began);
    await answered(world);
    toWork.push(performance.now() - began);
    memory.push(residentMegabytes(bot.pid()));
  }
  const [ready, work, most] = [median(toReady), median(toWork), Math.max(...memory)];
  return [
    {
      what: 'start → ready, production bundle',
      measured: `median ${ms(ready)}`,
      asked: '≤ 500 ms',
      n: rounds,
      reached: ready <= 500,
    },
    {
      what: 'resident memory once at work',
      measured: `${Math.round(median(memory))} MB, at most ${Math.round(most)} MB`,
      asked: '≤ 120 MB',
      n: rounds,
      reached: most <= 120,
    },
    {
      what: 'kill -9 → the next command is answered, SQLite',
      measured: `median ${ms(work)}, at most ${ms(Math.max(...toWork))}`,
      asked: '≤ 2 s',
      n: rounds,
      reached: Math.max(...toWork) <= 2_000,
    },
  ];
}

async function answered({ slack }: World): Promise<void> {
  for (let left = 50; left > 0; left--) {
    const { ok } = await slack.as('ana').command('/incident list', { channel: 'general' });
    if (ok) return;
  }
  throw new Error('The bot did not answer.');
}

function residentMegabytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
