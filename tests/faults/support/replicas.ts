import { setTimeout as sleep } from 'node:timers/promises';
import { moment, slow } from './kill.ts';
import type { Night } from './run.ts';

/** Two bots on one Postgres take deliveries; one is killed, and comes back while the other goes on. Leases run in real time. */
export const replicas: Night = {
  prepare: slow,
  async strike({ bots }, dice) {
    const bot = dice.pick(bots);
    await sleep(moment(dice));
    await bot.kill();
    await sleep(dice.below(300));
    await bot.start();
  },
};
