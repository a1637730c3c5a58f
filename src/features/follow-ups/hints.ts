import type { FollowUpKind } from '../../incident/follow-up-commands.ts';
import type { FollowUp } from '../../incident/incident.ts';
import { beginning } from './beginning.ts';
import { vagueness } from './vague.ts';

/** What would make a follow-up more likely to be done. It never keeps anybody from writing what they want. */
export interface Hint {
  rule: 'verb' | 'vague' | 'several' | 'owner' | 'date' | 'proof' | 'kind';
  why: string;
  /** What to write or do instead. */
  rewrite: string;
}

/** As far as it is known: in a form not all of it is. */
export type Hinted = Pick<FollowUp, 'text'> & Partial<Pick<FollowUp, 'owner' | 'due' | 'proof' | 'kind'>>;

/** `agreed`: by when the policy wants it done. */
export function hintsFor(followUp: Hinted, { agreed }: { agreed?: Date } = {}): Hint[] {
  const text = followUp.text.trim();
  const vague = vagueness(text);
  const first = vague ?? beginning(text);
  return [first, several(text), owner(followUp), date(followUp, agreed), proof(followUp), kind(followUp, text)].filter(
    (hint) => hint !== undefined,
  );
}

/** Two things in one are half done for a long time: cut before an "and" that begins another. */
function several(text: string): Hint | undefined {
  const [, one, other] = /^([^\n]{8,}?)[,;]?\s+(?:and|then|and then)\s+([^\n]{8,})$/i.exec(text) ?? [];
  if (!one || !other || beginning(one) || !/^\p{L}+/u.test(other)) return undefined;
  return startsAnother(other)
    ? { rule: 'several', why: 'These are two things.', rewrite: `“${one}”, and another one: “${capital(other)}”` }
    : undefined;
}

/** "… and alert on it" goes on with the same thing. */
const startsAnother = (text: string) =>
  /^(add|audit|automate|build|create|document|migrate|move|remove|replace|rewrite|schedule|teach|train|update|write)\s+(?!it\b|them\b|this\b|that\b)/i.test(
    text,
  );

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function owner({ owner: named }: Hinted): Hint | undefined {
  if (named) return undefined;
  return {
    rule: 'owner',
    why: 'Nobody owns it, and what everybody owns is not done.',
    rewrite: 'Name one person, who may ask others.',
  };
}

function date({ due }: Hinted, agreed: Date | undefined): Hint | undefined {
  if (!due) return { rule: 'date', why: 'It has no date.', rewrite: 'Say by when, such as “by Friday”.' };
  if (!agreed || due <= agreed) return undefined;
  return {
    rule: 'date',
    why: 'That is later than was agreed for an incident so severe.',
    rewrite: 'Split off a first step that can be done in time.',
  };
}

/** The words themselves may say when it is done: a number with its unit. */
const measurable = /\d\s*(%|ms|s\b|sec|min|h\b|hours?|days?|times?|x\b|rps|mb|gb)/i;

const proofs: Record<FollowUpKind, string> = {
  prevent: 'Such as: “the same change is refused in a test”.',
  detect: 'Such as: “an alert fires within 5 minutes when we break it on purpose”.',
  mitigate: 'Such as: “in a drill customers are spared within 10 minutes”.',
  process: 'Such as: “it is in the runbook, and somebody has followed it once”.',
};

function proof({ proof: said, kind: of = 'process', text }: Hinted): Hint | undefined {
  if (said?.trim() || measurable.test(text)) return undefined;
  return { rule: 'proof', why: 'Nobody can see when it is done.', rewrite: proofs[of] };
}

/** What the words speak of, where they speak of one kind only. */
const spoken: [Exclude<FollowUpKind, 'process'>, RegExp][] = [
  ['detect', /\b(alert|alarm|detect|monitor|monitoring|dashboard|metric|slo|probe|synthetic|page us|notice)\w*\b/i],
  [
    'mitigate',
    /\b(roll ?back|fail ?over|circuit[ -]breaker|kill[ -]switch|feature flag|rate[ -]limit|throttl|shed|fallback|degrade|time ?out|isolat|back ?up|restor)\w*\b/i,
  ],
  ['prevent', /\b(validat|prevent|block|refuse|reject|lint|guard|forbid|enforce|constraint|regression test)\w*\b/i],
];

const kindNames: Record<FollowUpKind, string> = {
  prevent: 'prevent: it keeps it from happening again',
  detect: 'detect: it shows it sooner',
  mitigate: 'mitigate: it makes it harmless',
  process: 'process: people work better together',
};

/** Only where nobody chose: "process" is what it is when nothing was said. */
function kind({ kind: given }: Hinted, text: string): Hint | undefined {
  if (given !== undefined && given !== 'process') return undefined;
  const fits = spoken.filter(([, words]) => words.test(text));
  const [only, ...more] = fits;
  if (!only || more.length > 0) return undefined;
  return { rule: 'kind', why: 'It reads like another kind than process.', rewrite: `Choose ${kindNames[only[0]]}.` };
}
