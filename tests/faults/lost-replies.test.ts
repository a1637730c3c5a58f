import { describe, it } from '@jest/globals';
import { expectNothing, withBundle } from './support/hunted.ts';

const copy = withBundle();
const seed = Number(process.env.SEED ?? 2_000);

describe('replies of Slack that are lost, late or an error although it was done', () => {
  it('lose and double nothing in 100 runs', async () => {
    await expectNothing({ kind: 'lost-replies', engine: 'sqlite', seed, runs: 100, copy: copy() });
  }, 240_000);
});
