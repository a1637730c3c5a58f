import type { Incident } from '../../incident/incident.ts';
import { type Hint, hintsFor } from '../follow-ups/hints.ts';
import { openFollowUps } from '../follow-ups/lines.ts';

/** A follow-up that a section shows, and what would make it more likely to be done. */
export interface Weak {
  words: string;
  hints: Hint[];
}

/** The list of the incident's own, which fills itself in. */
const ownList = /\{\{[#^]followUps\}\}/;
/** Everything that fills itself in: whatever stands in it is the template's. */
const filledIn = /\{\{[#^](\w+)\}\}[\s\S]*?\{\{\/\1\}\}/g;
const item = /^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ x]\]\s+)?(.*\S)/;
/** What can be said of words alone: in a list of a document, owner and date stand in no field. */
const ofWords = new Set<Hint['rule']>(['verb', 'vague', 'several']);

/** Of a section of follow-ups: the incident's own that are open, and what its writer lists besides. Nothing of other sections. */
export function weakFollowUps(section: string, text: string, incident: Incident): Weak[] {
  const showsOwn = ownList.test(text);
  if (!showsOwn && !section.startsWith('follow-up')) return [];
  const listed = text
    .replace(filledIn, '')
    .split('\n')
    .flatMap((line) => item.exec(line)?.[1] ?? []);
  return [
    ...(showsOwn ? openFollowUps(incident) : []).map((one) => ({ words: one.text, hints: hintsFor(one) })),
    ...listed.map((words) => ({ words, hints: hintsFor({ text: words }).filter(({ rule }) => ofWords.has(rule)) })),
  ].filter(({ hints }) => hints.length > 0);
}
