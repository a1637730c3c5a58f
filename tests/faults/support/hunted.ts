import { afterAll, beforeAll, expect } from '@jest/globals';
import { builtOnce, type Copy } from './bundle.ts';
import { type Hunt, hunt, report } from './hunt.ts';

/** The production bundle for the tests of a file. */
export function withBundle(): () => Copy {
  let copy: Copy | undefined;
  beforeAll(async () => {
    copy = await builtOnce();
  });
  afterAll(async () => {
    await copy?.[Symbol.asyncDispose]();
  });
  return () => {
    if (!copy) throw new Error('The bundle is not built yet.');
    return copy;
  };
}

export async function expectNothing(plan: Hunt): Promise<void> {
  const failures = await hunt({ worlds: 6, ...plan });
  expect(failures.map(report).join('\n\n')).toBe('');
}
