import { describe, expect, it } from '@jest/globals';
import { type Memory, newChannel, type Seen, stepOf } from '../../../sandbox/ui/tour/steps.ts';
import type { Channel, Message, View } from '../../../sandbox/wire.ts';

const channel = (id: string, more: Partial<Channel> = {}) =>
  ({ id, kind: 'public', creator: 'UBOT', members: ['UANA', 'UBOT'], topic: '', ...more }) as Channel;

const headline = (facts: string): Message => ({
  type: 'message',
  channel: 'C9',
  ts: '1.1',
  bot_id: 'B1',
  text: '',
  blocks: [{ type: 'header' }, { type: 'section', text: { type: 'mrkdwn', text: facts } }],
});
const said = (text: string): Message => ({ type: 'message', channel: 'C9', ts: '1.2', text });

const seen = (more: Partial<Seen> = {}): Seen => ({
  views: [] as View[],
  channels: new Map([channel('C1'), channel('C9')].map((one) => [one.id, one])),
  openId: 'C9',
  viewer: 'UANA',
  messages: [],
  ...more,
});
const memory = (more: Partial<Memory> = {}): Memory => ({ who: 'UANA', before: ['C1'], ...more });
const inside = memory({ channel: 'C9' });
const investigating = headline('*Status* Investigating');
const updated = headline('*Status* Investigating\n*Latest update* by <@UANA>');
const resolved = headline('*Status* Resolved\n*Latest update* by <@UANA>');

describe('the tour', () => {
  it('waits for an incident’s channel that was not there before, with the person in it', () => {
    expect(newChannel(memory(), seen())).toBe('C9');
    expect(newChannel(memory({ before: ['C1', 'C9'] }), seen())).toBeUndefined();
    const others = new Map([['C9', channel('C9', { members: ['UBEN'] })]]);
    expect(newChannel(memory(), seen({ channels: others }))).toBeUndefined();
    const own = new Map([['C9', channel('C9', { creator: 'UANA' })]]);
    expect(newChannel(memory(), seen({ channels: own }))).toBeUndefined();
  });

  it('goes on with what really happened', () => {
    const killed = { ...inside, killedAfter: 'half of them' };
    expect([
      stepOf(memory(), seen()),
      stepOf(inside, seen()),
      stepOf(inside, seen({ openId: 'C1', messages: [investigating] })),
      stepOf(inside, seen({ messages: [investigating] })),
      stepOf(inside, seen({ messages: [updated] })),
      stepOf(killed, seen({ messages: [updated] })),
      stepOf(killed, seen({ messages: [headline('*Latest update* half of them')] })),
      stepOf(killed, seen({ messages: [updated, said('half of them')] })),
      stepOf(killed, seen({ messages: [resolved, said('half of them')] })),
    ]).toEqual([0, 1, 1, 2, 3, 3, 3, 4, 5]);
  });

  it('follows somebody who resolves before the bot was killed', () => {
    expect(stepOf(inside, seen({ messages: [resolved] }))).toBe(5);
  });

  it('takes no message of people’s for the headline', () => {
    const { bot_id: _, ...forged } = resolved;
    expect(stepOf(inside, seen({ messages: [forged] }))).toBe(1);
  });
});
