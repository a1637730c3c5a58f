import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildCopy, type Copy, StalePatch } from '../support/bundle.ts';
import { hunt } from '../support/hunt.ts';
import { powerLoss } from '../support/power-loss.ts';
import { openWorld } from '../support/world.ts';
import type { Catch, Variant } from './variants.ts';

export interface Verdict {
  name: string;
  /** What noticed, or that nothing did. */
  result: 'caught' | 'survived' | 'stale';
  by: string;
  seconds: number;
}

/** Breaks a copy of the sources in one way and lets the test that should notice run against it. */
export async function attempt({ name, patches, caught }: Variant): Promise<Verdict> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  try {
    await using copy = await buildCopy(patches);
    const by = await noticed(copy, caught);
    return { name, result: by ? 'caught' : 'survived', by: by ?? '', seconds: seconds() };
  } catch (error) {
    if (!(error instanceof StalePatch)) throw error;
    return { name, result: 'stale', by: error.message, seconds: seconds() };
  }
}

/** The first thing that was found wrong. */
async function noticed(copy: Copy, caught: Catch): Promise<string | undefined> {
  if ('test' in caught) return failing(copy, caught.test, caught.named);
  if ('powerLoss' in caught) {
    await using world = await openWorld({ engine: 'sqlite', copy, seed: 1 });
    return (await powerLoss(world, 1)).problems[0];
  }
  const { nights: kind, seed, runs } = caught;
  const [first] = await hunt({ kind, engine: 'sqlite', copy, seed, runs, worlds: 4, once: true });
  return first && `seed ${first.seed}: ${first.problems[0]?.split('\n')[0]}`;
}

function failing({ folder }: Copy, test: string, named: string): string | undefined {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'node_modules/jest/bin/jest.js'), test, '-t', named, '--rootDir', folder],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
    },
  );
  // Only a test that ran and failed counts; a suite that could not run would hide that nothing was tried.
  if (/Tests:\s+\d+ failed/.test(stderr)) return `${test}: ${named}`;
  if (status !== 0 || !/Tests:.*\d+ passed/.test(stderr)) throw new Error(`${test} could not run:\n${stderr}`);
  return undefined;
}
