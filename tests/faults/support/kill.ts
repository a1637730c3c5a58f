import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Dice } from './dice.ts';
import type { Night } from './run.ts';
import type { World } from './world.ts';

/** Slack and PagerDuty take their time, now more, now less: there is always something on the wire to be killed with. Milliseconds. */
export async function slow({ slack }: World): Promise<void> {
  await slack.faults.clear();
  for (const method of ['*', 'pagerduty.*']) {
    await slack.faults.add({ kind: 'latency', method, ms: 5 });
    for (const ms of [10, 15, 20]) await slack.faults.add({ kind: 'latency', method, ms, probability: 0.4 });
  }
}

/** From the same instant to well after everything is on its way. Milliseconds. */
const moments = [3, 30, 120];

export const moment = (dice: Dice) => dice.below(dice.pick(moments) * 1000) / 1000;

/** `kill -9` at a random moment, sometimes once more while it comes back. */
export const kill: Night = {
  prepare: slow,
  async strike(world, dice) {
    const [bot] = world.bots;
    if (!bot) return;
    await sleep(moment(dice));
    await bot.kill();
    await leasesEnd(world, dice);
    if (dice.chance(0.15)) {
      const coming = bot.start();
      await sleep(200 + dice.below(250));
      await bot.kill();
      await coming;
      await leasesEnd(world, dice);
    }
    await sleep(dice.below(40));
    await bot.start();
  },
};

/**
 * On Postgres what a killed bot was doing is free after 15 s by the database's clock. Most runs wind that clock: they end the leases
 * that nobody is left to renew. The others wait.
 */
async function leasesEnd({ engine, address }: World, dice: Dice): Promise<void> {
  if (engine !== 'pg' || dice.chance(0.05)) return;
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(`update outbox set lease_until = lease_until - interval '15 s' where state = 'running'`);
    await client.query(`update inbox set lease_until = lease_until - interval '15 s' where state = 'received'`);
  } finally {
    await client.end();
  }
}
