import type { Incident } from '../../incident/incident.ts';
import { type BlameHint, blameHints } from './blame.ts';

/** A hint with the words it points at. */
export type Pointed = BlameHint & { words: string };

/** What may read as blame in the text of a section. `names`: of those who took part, as people write them. */
export function pointedAt(text: string, { impact }: Incident, names: Iterable<string>): Pointed[] {
  const share = impact.felt === 'yes' ? impact.share : undefined;
  const hints = blameHints(text, [...names], share === undefined ? {} : { share });
  return hints.map((hint) => ({ ...hint, words: text.slice(hint.from, hint.to) }));
}
