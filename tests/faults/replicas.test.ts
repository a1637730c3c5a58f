import { describe, it } from '@jest/globals';
import { expectNothing, withBundle } from './support/hunted.ts';

const copy = withBundle();
const seed = Number(process.env.SEED ?? 3_000);

(process.env.TEST_PG_URL ? describe : describe.skip)('two bots on one Postgres, one of them killed', () => {
  it('lose and double nothing, in Slack and in PagerDuty, in 20 runs', async () => {
    await expectNothing({ kind: 'replicas', engine: 'pg', seed, runs: 20, copy: copy(), paging: true });
  }, 240_000);
});
