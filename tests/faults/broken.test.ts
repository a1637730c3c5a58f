import { beforeAll, describe, expect, it } from '@jest/globals';
import { attemptAll, type Verdict } from './broken/try.ts';
import { variants } from './broken/variants.ts';

/** A test that cannot fail proves nothing: each of these breaks the bot in one way, and one of the tests has to notice. */
describe('a bot in which', () => {
  let verdicts = new Map<string, Verdict>();

  beforeAll(async () => {
    // The bot that is right needs less; one that is broken should not be waited for long.
    process.env.FAULTS_PATIENCE = '12000';
    verdicts = await attemptAll(variants);
  }, 480_000);

  it.each(variants)('$name is noticed', ({ name }) => {
    expect(verdicts.get(name)).toMatchObject({ result: 'caught' });
  });
});
