import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { onPostgres } from '../support/databases.ts';

const shared = process.env.REPLAY_FILE ?? '../shared/data/github-incidents.jsonl';

/** Runs the program as people do; it ends with 1 where store, Slack and source disagree. */
async function replay(args: string[], env = {}): Promise<{ code: number; said: string }> {
  const options = { maxBuffer: 1e8, env: { ...process.env, ...env } };
  const run = promisify(execFile)(process.execPath, ['replay/main.ts', ...args], options);
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
  );
}

describe('a replay', () => {
  it('of the sample declares ten incidents, and store, Slack and source agree', async () => {
    const { code, said } = await replay(['--file', 'replay/sample.jsonl', '--verbose']);
    expect(said).toMatch(/10 incidents, 1 maintenances skipped/);
    expect(said).toMatch(/Declared 10 incidents: 1 SEV1, 2 SEV2, 6 SEV3, 1 SEV4/);
    // 32 of the source and three that were promised.
    expect(said).toMatch(/Posted 35 updates/);
    expect(said).toMatch(/Reminded [1-9]\d* times/);
    expect(said).toMatch(/For 1: its impact ended after it was resolved/);
    expect(said).toMatch(/agree: nothing lost, nothing doubled/);
    expect(code).toBe(0);
  }, 120_000);

  it.each(['3/2', '0/2', 'half'])('of part %s says how to ask for one', async (part) => {
    const { code, said } = await replay(['--file', 'replay/sample.jsonl', '--part', part]);
    expect(said).toMatch(/say it as 1\/2/);
    expect(code).toBe(1);
  });

  if (existsSync(shared)) {
    it('of the whole history agrees too', async () => {
      const parts = await Promise.all(['1/2', '2/2'].map((part) => replay(['--file', shared, '--part', part])));
      for (const { code, said } of parts) {
        expect(said).toMatch(/agree: nothing lost, nothing doubled/);
        expect(code).toBe(0);
      }
    }, 1_200_000);
  } else {
    console.warn(`*** SKIPPED: the replay of a whole history. There is no ${shared}; set REPLAY_FILE to one. ***`);
    it.skip('of the whole history agrees too', () => undefined);
  }
});

onPostgres('a replay', (fresh) => {
  it('of the sample agrees too', async () => {
    const { code, said } = await replay(['--file', 'replay/sample.jsonl'], { REPLAY_DATABASE_URL: await fresh.url() });
    expect(said).toMatch(/agree: nothing lost, nothing doubled/);
    expect(code).toBe(0);
  }, 120_000);
});
