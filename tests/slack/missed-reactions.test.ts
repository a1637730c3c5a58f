import { expect, it } from '@jest/globals';
import { taskWish } from '../../src/features/tasks/reaction.ts';
import { timelineWish } from '../../src/features/timeline/pins.ts';

const mark = (name: string, person = 'U0BEN') => ({ channel: 'C7', ts: '1.1', incident: 'inc_7', name, person });

it('looks again at messages whose marks came or went while Slack told nothing', () => {
  const marks = [mark('pushpin'), mark('*pin', 'U0ANA'), mark('ballot_box_with_check'), mark('eyes'), mark('*pin', '')];
  expect(timelineWish.missed(marks).map(({ payload }) => payload)).toEqual([
    { incident: 'inc_7', channel: 'C7', ts: '1.1', person: 'U0BEN', how: 'reaction' },
    { incident: 'inc_7', channel: 'C7', ts: '1.1', person: 'U0ANA', how: 'pin' },
  ]);
  // A pin asks for no task.
  expect(taskWish.missed(marks)).toHaveLength(1);
});
