import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildCopy, type Copy, StalePatch } from '../support/bundle.ts';
import { hunt } from '../support/hunt.ts';
import { powerLoss } from '../support/power-loss.ts';
import { openWorld } from '../support/world.ts';
import type { Catch, Variant } from './variants.ts';

export interface Verdict {
  name: string;
  /** What noticed, or that nothing did. */
  result: 'caught' | 'survived' | 'stale' | 'untried';
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
    // Of this one alone: what the others showed still counts.
    const result = error instanceof StalePatch ? 'stale' : 'untried';
    return { name, result, by: error instanceof Error ? error.message : String(error), seconds: seconds() };
  }
}

/** Several at once: a broken bot is mostly waited for. */
export async function attemptAll(chosen: Variant[], heard: (verdict: Verdict) => void = () => undefined) {
  const left = [...chosen];
  const verdicts = new Map<string, Verdict>();
  async function lane(): Promise<void> {
    for (let variant = left.shift(); variant; variant = left.shift()) {
      const verdict = await attempt(variant);
      verdicts.set(verdict.name, verdict);
      heard(verdict);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane));
  return verdicts;
}

const atOnce = 3;

/** The first thing that was found wrong. */
async function noticed(copy: Copy, caught: Catch): Promise<string | undefined> {
  if ('test' in caught) return failing(copy, caught.test, caught.named);
  if ('powerLoss' in caught) {
    await using world = await openWorld({ engine: 'sqlite', copy, seed: 1 });
    return (await powerLoss(world, 1)).problems[0];
  }
  const { nights: kind, seed, runs } = caught;
  const [first] = await hunt({ kind, engine: 'sqlite', copy, seed, runs, worlds: 2, once: true });
  return first && `seed ${first.seed}: ${first.problems[0]?.split('\n')[0]}`;
}

async function failing({ folder }: Copy, test: string, named: string): Promise<string | undefined> {
  const jest = join(folder, 'node_modules/jest/bin/jest.js');
  const env = { PATH: process.env.PATH, NODE_OPTIONS: '--experimental-vm-modules --no-warnings' };
  const { status, said } = await promisify(execFile)(process.execPath, [jest, test, '-t', named, '--rootDir', folder], {
    cwd: folder,
    env,
  }).then(
    ({ stderr }) => ({ status: 0, said: stderr }),
    (error: { stderr?: string }) => ({ status: 1, said: error.stderr ?? String(error) }),
  );
  // Only a test that ran and failed counts; a suite that could not run would hide that nothing was tried.
  if (/Tests:\s+\d+ failed/.test(said)) return `${test}: ${named}`;
  if (status !== 0 || !/Tests:.*\d+ passed/.test(said)) throw new Error(`${test} could not run:\n${said}`);
  return undefined;
}
