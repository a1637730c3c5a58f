import type { Hint } from './hints.ts';

/** Wishes that nobody can finish, each with what can be done in its place. */
const wishes: [RegExp, why: string, rewrite: string][] = [
  [
    /\b(be|being|get) (more |much more |extra |very )?(careful|cautious|attentive|diligent|vigilant|mindful|aware)\b|\b(more|greater) (care|caution|attention|diligence|vigilance)\b|\b(take|pay) (more |better |closer |special )?(care|attention)\b/i,
    'People were careful, and will be tired again.',
    'Change what let it happen: “Refuse a deploy that …”, “Ask before … is deleted”.',
  ],
  [
    /\b(remember|don[’']?t forget|do not forget|try) to\b|\b(always|never) (forget|double[- ]?check)\b|\bdouble[- ]?check\b/i,
    'Nobody remembers at three in the morning.',
    'Let a machine check it: “Block … unless …”, “Add a check to the pipeline that …”.',
  ],
  [
    /\b(improve|better|more|enhance|increase|strengthen) (the |our |on )?(monitoring|alerting|alerts|observability|visibility|logging|metrics)\b/i,
    'It does not say what would be seen.',
    'Name the signal: “Alert when … is above … for 5 minutes”.',
  ],
  [
    /\b(improve|better|more|enhance|increase|strengthen) (the |our |on )?(unit |integration |load |automated )?(testing|tests|test coverage|coverage|qa)\b/i,
    'It does not say which test would have caught it.',
    'Name the case: “Add a test that fails when …”.',
  ],
  [
    /\b(improve|better|more|enhance|increase|strengthen|clearer|update) (the |our |on )?(documentation|docs|communication|training|awareness|process|processes|collaboration|quality|reliability|stability|resilience|robustness|performance)\b(?!\s+(?:of|for|in|page|on|to)\b)|\braise awareness\b|\bcommunicate (better|more)\b/i,
    'It is never finished.',
    'Name the one thing that changes: “Write the runbook for …”, “Add … to the on-call training”.',
  ],
  [
    /^(we (should|need to|must|will) )?(investigate|look into|look at|think about|consider|explore|research|discuss|revisit|evaluate|assess)\b/i,
    'Looking is over when something comes of it.',
    'Name what comes of it and who decides: “Decide whether …, and write down why”.',
  ],
  [
    /^(we (should|need to|must|will) )?(make sure|ensure|see to it)\b(?!.*\b(alert|test|check|block|refus|reject|fail|pipeline|ci)\w*)/i,
    'It does not say how.',
    'Say what makes sure of it: “Add a check that …”, “Block … unless …”.',
  ],
];

export function vagueness(text: string): Hint | undefined {
  const found = wishes.find(([words]) => words.test(text));
  return found && { rule: 'vague', why: found[1], rewrite: found[2] };
}
