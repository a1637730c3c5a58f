/** What could be meant by the word under the caret. Pure: the composer gives what there is to choose from. */
import type { AppFace, PersonInfo } from '../../wire.ts';

export type Suggestion = {
  key: string;
  /** what takes the place of the typed word */
  insert: string;
  title: string;
  note?: string;
  person?: PersonInfo;
  kind: 'command' | 'word' | 'person' | 'channel' | 'emoji' | 'group';
};

export type Completion = {
  /** where the word begins */
  from: number;
  label: string;
  suggestions: Suggestion[];
  /** whether Enter takes the first one, or sends what was typed */
  eager: boolean;
};

export type Words = {
  app: AppFace | undefined;
  people: readonly PersonInfo[];
  channels: readonly { id: string; name: string }[];
  groups: readonly string[];
  emoji: readonly string[];
};

const most = 10;

export function completionAt(text: string, caret: number, words: Words): Completion | undefined {
  const before = text.slice(0, caret);
  const found = text.startsWith('/') ? afterSlash(before, words) : atWord(before, words);
  return found && found.suggestions.length > 0 ? found : undefined;
}

function afterSlash(before: string, { app }: Words): Completion | undefined {
  const [, name, space, rest = ''] = /^(\/\S*)(\s+)?(.*)$/s.exec(before) ?? [];
  if (name === undefined) return undefined;
  if (space === undefined) return commands(name, app);
  const command = app?.commands.find((one) => one.command === name);
  if (!command || /\s/.test(rest)) return undefined;
  const suggestions = wordsOf(command.hint)
    .filter((word) => word.startsWith(rest.toLowerCase()) && word !== rest)
    .map((word) => ({ key: word, insert: `${word} `, title: `${name} ${word}`, kind: 'word' as const }));
  return { from: before.length - rest.length, label: `${name} ${command.hint}`, suggestions, eager: false };
}

function commands(typed: string, app: AppFace | undefined): Completion {
  const fitting = (app?.commands ?? []).filter(({ command }) => command.startsWith(typed));
  return {
    from: 0,
    label: 'Commands',
    eager: !fitting.some(({ command }) => command === typed),
    suggestions: fitting.map(({ command, description, hint }) => ({
      key: command,
      insert: `${command} `,
      title: `${command} ${hint}`,
      note: description,
      kind: 'command',
    })),
  };
}

/** "[what is wrong] | declare | update": the words in it, not what stands for something else. */
export const wordsOf = (hint: string): string[] =>
  hint
    .split('|')
    .map((part) => part.trim())
    .filter((part) => /^[a-z-]+$/.test(part));

function atWord(before: string, words: Words): Completion | undefined {
  const [, mark, typed = ''] = /(?:^|[\s(])([@#:])([\p{L}\p{N}._+-]*)$/u.exec(before) ?? [];
  if (mark === undefined) return undefined;
  const from = before.length - typed.length - 1;
  const wanted = typed.toLowerCase();
  if (mark === '@') return { from, label: 'People', suggestions: peopleLike(wanted, words), eager: true };
  if (mark === '#') return { from, label: 'Channels', suggestions: channelsLike(wanted, words), eager: true };
  // A colon alone is punctuation.
  if (wanted.length < 2) return undefined;
  return { from, label: 'Emoji', suggestions: emojiLike(wanted, words), eager: true };
}

const ranges = [
  { name: 'here', note: 'Notifies every online member of this channel' },
  { name: 'channel', note: 'Notifies everyone in this channel' },
];

function peopleLike(wanted: string, { people, groups }: Words): Suggestion[] {
  const persons = people
    .filter(({ name, realName }) => [name, ...realName.toLowerCase().split(' ')].some((one) => one.startsWith(wanted)))
    .map((person) => ({
      key: person.id,
      insert: `@${person.name} `,
      title: person.realName,
      note: person.name,
      person,
      kind: 'person' as const,
    }));
  const rest = [...groups.map((name) => ({ name, note: 'Group' })), ...ranges]
    .filter(({ name }) => name.startsWith(wanted))
    .map(({ name, note }) => ({ key: name, insert: `@${name} `, title: `@${name}`, note, kind: 'group' as const }));
  return [...persons, ...rest].slice(0, most);
}

function channelsLike(wanted: string, { channels }: Words): Suggestion[] {
  return channels
    .filter(({ name }) => name.includes(wanted))
    .sort((a, b) => Number(b.name.startsWith(wanted)) - Number(a.name.startsWith(wanted)))
    .slice(0, most)
    .map(({ id, name }) => ({ key: id, insert: `#${name} `, title: name, kind: 'channel' }));
}

function emojiLike(wanted: string, { emoji }: Words): Suggestion[] {
  const starts = emoji.filter((name) => name.startsWith(wanted));
  const holds = emoji.filter((name) => !name.startsWith(wanted) && name.includes(wanted));
  return [...starts, ...holds]
    .slice(0, most)
    .map((name) => ({ key: name, insert: `:${name}: `, title: `:${name}:`, kind: 'emoji' }));
}

export function completed(text: string, caret: number, { from }: Completion, { insert }: Suggestion) {
  return { text: text.slice(0, from) + insert + text.slice(caret), caret: from + insert.length };
}
