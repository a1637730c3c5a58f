import { describe, expect, it } from '@jest/globals';
import { weakFollowUps } from '../../src/features/postmortem/weak-follow-ups.ts';
import { aFollowUp, anIncident, at } from '../support/given.ts';

const incident = anIncident({
  followUps: [
    aFollowUp({ number: 1, text: 'Be more careful with deploys', owner: 'U0BEN' }),
    aFollowUp({ number: 2, text: 'Be careful, and it is done', done: { by: 'U0BEN', at: at('11:00') } }),
  ],
});
const list = '{{#followUps}}\n- {{text}}\n{{/followUps}}\n{{^followUps}}\n- None\n{{/followUps}}';
const rules = (found: ReturnType<typeof weakFollowUps>) =>
  found.map(({ words, hints }) => `${words}: ${hints.map(({ rule }) => rule).join(' ')}`);

describe('the follow-ups in a section', () => {
  it('are the open ones of the incident, where its list stands', () => {
    expect(rules(weakFollowUps('what-we-do-now', list, incident))).toEqual([
      'Be more careful with deploys: vague proof',
    ]);
  });

  it('are also what its writer lists, of which only the words can be weighed', () => {
    const text =
      '1. Be more careful\n* [ ] Improve monitoring\n- Add an alert on the queue within 5 minutes\n\nBe more careful, all.';
    expect(rules(weakFollowUps('follow-ups', text, incident))).toEqual([
      'Be more careful: vague',
      'Improve monitoring: vague',
    ]);
    expect(rules(weakFollowUps('follow-ups', `${list}\n- Be more careful`, anIncident()))).toEqual([
      'Be more careful: vague',
    ]);
  });

  it('are not looked for in what went well', () => {
    expect(weakFollowUps('what-went-well', '- Be more careful', incident)).toEqual([]);
  });
});
