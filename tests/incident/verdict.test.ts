import { describe, expect, it } from '@jest/globals';
import { verdictOf } from '../../src/incident/verdict.ts';
import { thePolicy } from '../support/given.ts';

/** By the questions that every policy has unless it says otherwise. */
const verdict = (...chosen: number[]) => verdictOf(chosen, thePolicy());

describe('whether to declare', () => {
  it('takes the worst answer, and says which it was', () => {
    expect(verdict(0, 1, 2)).toMatchObject({
      severity: 'sev2',
      felt: 'yes',
      because: [{ answer: '20 % or more with a way around, or 5 to 20 %' }],
    });
    expect(verdict(3, 5, 0)).toMatchObject({ severity: 'sev1', felt: 'no', because: [{ answer: 'Yes' }] });
  });

  it('takes the higher one of those who are not sure', () => {
    expect(verdict(2, 2, 1)).toMatchObject({ severity: 'sev2', felt: 'unknown', because: [{}, {}] });
  });

  it('is no when no answer is a reason', () => {
    expect(verdict(3, 5, 2)).toMatchObject({ because: [{}, {}, {}], felt: 'no' });
    expect(verdict(3, 5, 2)).not.toHaveProperty('severity');
  });

  it('passes over an answer that the policy no longer has', () => {
    expect(verdict(99, -1)).toEqual({ because: [], felt: 'unknown' });
  });
});
