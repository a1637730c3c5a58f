import { describe, it } from '@jest/globals';
import { expectNothing, withBundle } from './support/hunted.ts';

const copy = withBundle();
const seed = Number(process.env.SEED ?? 1_000);

describe('kill -9 at a random moment of declare, update, resolve', () => {
  it('loses and doubles nothing on SQLite, in Slack and in PagerDuty, in 50 runs', async () => {
    await expectNothing({ kind: 'kill', engine: 'sqlite', seed, runs: 50, copy: copy(), paging: true });
  }, 240_000);

  (process.env.TEST_PG_URL ? it : it.skip)(
    'loses and doubles nothing on Postgres in 50 runs',
    async () => {
      await expectNothing({ kind: 'kill', engine: 'pg', seed, runs: 50, copy: copy() });
    },
    240_000,
  );
});
