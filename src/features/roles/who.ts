import type { Message } from '../../slack/blocks.ts';
import type { Call } from '../../slack/subcommand.ts';

/** Undefined: nobody is named. Null: nobody shall have it. `not-known`: somebody is named whom Slack did not recognise. */
export type Who = string | null | 'not-known' | undefined;

const atSomebody = /(^|\s)@\S+/g;
const pronouns: Record<string, 'me' | 'nobody'> = {
  me: 'me',
  myself: 'me',
  nobody: 'nobody',
  none: 'nobody',
  free: 'nobody',
};

/** Parts `commander @ana`, `scribe me`, `deputy nobody` into what it is about and whom it names. */
export function readWho({ text, mentions, person }: Pick<Call, 'text' | 'mentions' | 'person'>): {
  words: string;
  who: Who;
} {
  const words = text.replace(atSomebody, ' ').trim().replace(/\s+/g, ' ');
  const [mentioned] = mentions;
  if (mentioned) return { words, who: mentioned };
  if (words !== text.trim().replace(/\s+/g, ' ')) return { words, who: 'not-known' };
  const last = /\S+$/.exec(words)?.[0] ?? '';
  const meant = Object.hasOwn(pronouns, last.toLowerCase()) ? pronouns[last.toLowerCase()] : undefined;
  if (!meant) return { words, who: undefined };
  return { words: words.slice(0, -last.length).trim(), who: meant === 'me' ? person.id : null };
}

export const unresolved: Message = {
  text: 'I do not know whom you mean. Type @ and choose the person from Slack’s list.',
};
