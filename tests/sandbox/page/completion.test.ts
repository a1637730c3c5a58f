import { describe, expect, it } from '@jest/globals';
import { toPerson } from '../../../sandbox/people.ts';
import { completed, completionAt, type Words } from '../../../sandbox/ui/shell/completion.ts';

const hint = '[what is wrong] | declare | update | severity | resolve';
const words: Words = {
  app: {
    name: 'Tocsin',
    about: '',
    color: '',
    commands: [
      { command: '/incident', description: 'Declare an incident', hint },
      { command: '/inc', description: 'Short for /incident', hint },
    ],
    shortcuts: [],
    homeTab: false,
    messagesTab: true,
    messagesReadOnly: true,
  },
  people: [
    { name: 'ana', realName: 'Ana Ruiz' },
    { name: 'ben', realName: 'Ben Okafor' },
  ].map(toPerson),
  channels: [
    { id: 'C1', name: 'general' },
    { id: 'C2', name: 'inc-1-general-trouble' },
  ],
  groups: ['sre'],
  emoji: ['fire', 'fire_engine', 'eyes', 'campfire'],
};

const at = (text: string) => completionAt(text, text.length, words);
const inserted = (text: string) => at(text)?.suggestions.map(({ insert }) => insert) ?? [];

describe('completion', () => {
  it('knows the app’s commands', () => {
    expect(inserted('/')).toEqual(['/incident ', '/inc ']);
    expect(inserted('/inci')).toEqual(['/incident ']);
    expect(inserted('/nothing')).toEqual([]);
  });

  it('knows the words of a command from its hint, and not what stands for something else', () => {
    expect(inserted('/incident ')).toEqual(['declare ', 'update ', 'severity ', 'resolve ']);
    expect(inserted('/incident re')).toEqual(['resolve ']);
    expect(inserted('/incident resolve')).toEqual([]);
    expect(inserted('/incident resolve 20')).toEqual([]);
  });

  it('leaves Enter to what was typed, where that is a command already', () => {
    expect(at('/inci')?.eager).toBe(true);
    expect(at('/inc')?.eager).toBe(false);
    expect(at('/incident ')?.eager).toBe(false);
  });

  it('knows people by handle and by either name, groups and ranges', () => {
    expect(inserted('hi @be')).toEqual(['@ben ']);
    expect(inserted('hi @oka')).toEqual(['@ben ']);
    expect(inserted('@s')).toEqual(['@sre ']);
    expect(inserted('@her')).toEqual(['@here ']);
    expect(inserted('mail ana@be')).toEqual([]);
  });

  it('knows channels by any part of the name, the beginning first', () => {
    expect(inserted('see #gen')).toEqual(['#general ', '#inc-1-general-trouble ']);
  });

  it('knows emoji from two letters on', () => {
    expect(inserted('so :f')).toEqual([]);
    expect(inserted('so :fi')).toEqual([':fire: ', ':fire_engine: ', ':campfire: ']);
    expect(inserted('at 10:30')).toEqual([]);
  });

  it('replaces the word and leaves the rest', () => {
    const text = 'ask @be now';
    const completion = completionAt(text, 7, words);
    const [ben] = completion?.suggestions ?? [];
    if (!completion || !ben) throw new Error('Ben is not found');
    expect(completed(text, 7, completion, ben)).toEqual({ text: 'ask @ben  now', caret: 9 });
  });
});
