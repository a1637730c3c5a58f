import { visible } from '../../slack/blocks.ts';
import { isPerson, otherName } from '../../slack/mention.ts';

/** How people are called; who is not in it has not been heard of. */
export type Called = ReadonlyMap<string, string>;

export const called = (names: Called, id: string | undefined): string =>
  id === undefined ? 'nobody' : visible(names.get(id) ?? (isPerson(id) ? id : otherName(id)));

/** For words in which people are mentioned. */
export const calling = (names: Called) => ({ person: (id: string) => names.get(id) });
