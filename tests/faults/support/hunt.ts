import type { Engine } from '../../../db/database.ts';
import type { Copy } from './bundle.ts';
import { type Kind, needs, nights } from './nights.ts';
import { run } from './run.ts';
import { openWorld, type World } from './world.ts';

export interface Hunt {
  kind: Kind;
  engine: Engine;
  /** The first seed; each run takes the next. */
  seed: number;
  runs: number;
  copy: Copy;
  /** With a PagerDuty beside the Slack, and pages. */
  paging?: boolean;
  /** How many worlds are at work at once: most of a run is waiting. */
  worlds?: number;
  /** Ends with the first failure. */
  once?: boolean;
  onFailure?: (failure: Failure) => void;
  onRun?: (seed: number) => void;
}

export interface Failure {
  kind: Kind;
  engine: Engine;
  paging: boolean;
  seed: number;
  problems: string[];
  /** The last lines of the bots. */
  said: string;
}

/** A workspace grows with every run and looking at it gets slower, so it is left for a new one after this many. */
const runsInOneWorld = 25;

/** Many runs, each with a seed of its own; gives those that were not as they should be. */
export async function hunt({ seed, runs, worlds = 4, once = false, ...plan }: Hunt): Promise<Failure[]> {
  const failures: Failure[] = [];
  const seeds = Array.from({ length: runs }, (_, index) => seed + index);
  async function lane(): Promise<void> {
    while (seeds.length > 0) {
      failures.push(...(await inOneWorld(plan, seeds)));
      if (once && failures.length > 0) seeds.length = 0;
    }
  }
  await Promise.all(Array.from({ length: Math.min(worlds, runs) }, lane));
  return failures;
}

/** Ends early when a run fails: what it leaves would be held against the next. */
async function inOneWorld(plan: Omit<Hunt, 'seed' | 'runs' | 'worlds'>, seeds: number[]): Promise<Failure[]> {
  const { kind, engine, copy, paging = false, onFailure, onRun } = plan;
  await using world = await openWorld({ engine, copy, seed: seeds[0] ?? 0, bots: needs[kind].bots, paging });
  for (let count = 0; count < runsInOneWorld; count++) {
    const seed = seeds.shift();
    if (seed === undefined) return [];
    const problems = await run(world, nights[kind], seed);
    onRun?.(seed);
    if (problems.length === 0) continue;
    const failure = { kind, engine, paging, seed, problems, said: wordsOf(world) };
    onFailure?.(failure);
    return [failure];
  }
  return [];
}

const wordsOf = ({ bots }: World) => bots.map((bot) => bot.said()).join('\n---\n');

export function report({ kind, engine, paging, seed, problems, said }: Failure): string {
  const again = `SEED=${seed} npm run faults -- --kind ${kind} --engine ${engine}${paging ? ' --paging' : ''} --seed ${seed}`;
  return [again, ...problems.map((problem) => `  ${problem}`), ...(said ? ['the bot said:', said] : [])].join('\n');
}
