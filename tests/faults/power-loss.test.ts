import { describe, expect, it } from '@jest/globals';
import { withBundle } from './support/hunted.ts';
import { powerLoss } from './support/power-loss.ts';
import { openWorld } from './support/world.ts';

const copy = withBundle();

/** That what is in the log at an acknowledgement is on the disk as well is the business of synchronous=FULL (tests/store). */
describe('power loss', () => {
  it('leaves a whole database with everything acknowledged, wherever the log ends', async () => {
    await using world = await openWorld({ engine: 'sqlite', copy: copy(), seed: 1 });
    const { images, problems } = await powerLoss(world, 1);
    expect(problems).toEqual([]);
    expect(images).toBeGreaterThan(100);
  }, 60_000);
});
