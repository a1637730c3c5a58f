import type { Hint } from './hints.ts';
import { imperativeOf, isVerb } from './verbs.ts';

/** What people write before the verb. */
const before =
  /^(?:to-?do:?|action(?: item)?:?|follow-?up:?|a\.?i\.?:|please|pls|(?:we|i|you|they|somebody|someone|the team|team) (?:should|must|need(?:s)? to|have to|has to|want to|ought to|could|will|can)|(?:need(?:s)?|have|want|ought|going) to|should|must|let[’']?s|to)\s+/i;

/** No word that tells anybody to do something. */
const noVerb =
  /^(?:a|an|the|our|their|this|that|these|those|some|any|no|not|more|better|less|fewer|new|missing|lack|there|it|we|i|he|she|they|people|somebody|everybody|nobody|why|what|how|when|who|where|if|because|maybe|perhaps|also|is|are|was|were|\p{L}{3,}(?:tion|ment|ness|ity|ability))$/iu;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A follow-up says what is done, so it begins with that. Undefined: it does, or nobody can tell. */
export function beginning(text: string): Hint | undefined {
  const begun = text.replace(before, '');
  // "Sharding: decide on a key" names what it is about first.
  const [, named = begun] = /^[^:\n]{1,40}:\s+(\p{L}+\s[\s\S]+)$/u.exec(begun) ?? [];
  const rest = named.replace(before, '');
  const [first = '', ...others] = rest.split(/\s+/);
  const word = first.replace(/[^\p{L}-]/gu, '');
  const [main = ''] = word.split('-');
  const gerund = imperativeOf(main);
  const said = gerund && [gerund, ...others.filter((one, index) => index > 0 || one !== 'of')].join(' ');
  if ((begun !== text || rest !== named) && (isVerb(main) || said)) return hint(`“${capital(said ?? rest)}”`);
  if (isVerb(main)) return undefined;
  if (said) return hint(`“${capital(said)}”`);
  if (noVerb.test(main) || (others.length < 2 && !others.some(isVerb)))
    return hint('Begin with what is done: “Add …”, “Remove …”, “Alert when …”.');
  return undefined;
}

const hint = (rewrite: string): Hint => ({
  rule: 'verb',
  why: 'It does not begin with what is to be done.',
  rewrite,
});
