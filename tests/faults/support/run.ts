import { setTimeout as sleep } from 'node:timers/promises';
import { markOf, problems } from './check.ts';
import { type Dice, diceOf } from './dice.ts';
import { createLedger } from './ledger.ts';
import { cycle } from './plan.ts';
import { quiet } from './quiet.ts';
import { createResponder } from './responder.ts';
import { allUp, type World } from './world.ts';

/** What goes wrong during a run. */
export interface Night {
  /** Before the first step. */
  prepare?(world: World, dice: Dice): Promise<void>;
  /** Beside the step that was picked; the run waits for it. */
  strike?(world: World, dice: Dice): Promise<void>;
  /** After the last step: nothing goes wrong any more, and everything must come right. */
  end?(world: World): Promise<void>;
}

const people = ['ana', 'ben', 'chloe', 'dev', 'eli'];

/** One incident from declaring to resolving through a bad night; gives what was wrong with it afterwards. */
export async function run(world: World, night: Night, seed: number): Promise<string[]> {
  const dice = diceOf(seed);
  const ledger = createLedger();
  const since = await markOf(world);
  const person = world.slack.as(dice.pick(people));
  await person.close({ all: true }).catch(() => undefined);
  await night.prepare?.(world, dice);
  try {
    const responder = createResponder(world, person, ledger, dice);
    const steps = cycle(responder, dice, world);
    const struck = dice.below(steps.length);
    for (const [index, step] of steps.entries()) {
      await Promise.all([step(), index === struck ? night.strike?.(world, dice) : undefined]);
      if (dice.chance(0.5)) await sleep(dice.below(60));
    }
    await night.end?.(world);
    await allUp(world);
    await responder.endTwins();
    await quiet(world);
    return await problems(world, ledger, since);
  } catch (error) {
    await world.slack.faults.clear();
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}
