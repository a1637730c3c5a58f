import { describe, expect, it } from '@jest/globals';
import { hashOf, placeOf } from '../../../sandbox/ui/state/address.ts';

describe('the address of a place', () => {
  it.each([
    ['a person', { person: 'ben' }],
    ['a channel', { person: 'ana', channel: 'C1' }],
    ['a thread', { person: 'ana', channel: 'C1', thread: '1767.000100' }],
    ['a message', { person: 'ana', channel: 'C1', message: '1767.000100' }],
    ['what is pinned', { person: 'ana', channel: 'C1', pane: 'pins' as const }],
    ['the app', { person: 'ana', app: 'messages' as const }],
    ['a person with an odd name', { person: 'a/b?c', channel: 'C1' }],
  ])('comes back as it was: %s', (_, place) => expect(placeOf(hashOf(place), 'eli')).toEqual(place));

  it.each(['', '#', '#/'])('is whoever was here last where %j names nobody', (hash) =>
    expect(placeOf(hash, 'eli')).toEqual({ person: 'eli' }),
  );

  it('understands a permalink', () =>
    expect(placeOf('#/archives/C1/p1767000000000100', 'eli')).toEqual({
      person: 'eli',
      channel: 'C1',
      message: '1767000000.000100',
    }));

  it('opens the thread that a permalink of a reply is in', () =>
    expect(placeOf('#/archives/C1/p1767000000000200?thread_ts=1767000000.000100&cid=C1', 'eli')).toEqual({
      person: 'eli',
      channel: 'C1',
      thread: '1767000000.000100',
    }));
});
