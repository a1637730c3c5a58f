import { beforeAll, describe, expect, it } from '@jest/globals';
import { attempt } from './broken/try.ts';
import { variants } from './broken/variants.ts';

/** A test that cannot fail proves nothing: each of these breaks the bot in one way, and one of the tests has to notice. */
describe('a bot in which', () => {
  beforeAll(() => {
    // The bot that is right needs less; one that is broken should not be waited for long.
    process.env.FAULTS_PATIENCE = '12000';
  });

  it.each(variants)(
    '$name is noticed',
    async (variant) => {
      expect(await attempt(variant)).toMatchObject({ result: 'caught' });
    },
    120_000,
  );
});
