import { longestText, longestTitle } from '../src/incident/fields.ts';
import type { Impact } from '../src/incident/impact.ts';
import type { Severity } from '../src/incident/severity.ts';
import type { Entry } from './source.ts';

/** What people do about one incident, one step after the other. */
export type Step = { at: Date } & (
  | { do: 'declare' }
  /** `promised`: not in the source, but the rhythm of updates wants it. */
  | { do: 'update'; text: string; promised?: true }
  | { do: 'status'; to: 'investigating' | 'identified' | 'monitoring' }
  | { do: 'resolve'; impact: Impact }
);

export interface Plan {
  entry: Entry;
  title: string;
  severity: Severity;
  services: string[];
  /** What is known when it is declared. */
  felt: 'yes' | 'unknown';
  steps: Step[];
  /** What cannot be played as it was, in words. */
  notes: string[];
}

const severityOf = { critical: 'sev1', major: 'sev2', minor: 'sev3', none: 'sev4' } as const;

const statusOf: Record<string, 'investigating' | 'identified' | 'monitoring'> = {
  Investigating: 'investigating',
  Identified: 'identified',
  Monitoring: 'monitoring',
};

/** A time this little ahead is now, as the bot sees it. Milliseconds. */
const tolerance = 60_000;

export function planOf(entry: Entry): Plan {
  const severity = severityOf[entry.impact === 'maintenance' ? 'none' : entry.impact];
  const felt = entry.impact === 'none' ? 'unknown' : 'yes';
  const notes: string[] = [];
  const steps: Step[] = [];
  let status = 'investigating';
  let resolved = false;
  let at = entry.updates[0]?.at ?? new Date(0);

  steps.push({ at, do: 'declare' });
  for (const { at: said, status: word, message } of entry.updates) {
    // Nobody writes before what they wrote last: an entry dated back counts as said then.
    at = said > at ? said : at;
    for (const text of pieces(message)) steps.push({ at, do: 'update', text });
    const to = statusOf[word];
    if (to && to !== status && !resolved) {
      steps.push({ at, do: 'status', to });
      status = to;
    }
    if (word === 'Resolved' && !resolved) {
      steps.push({ at, do: 'resolve', impact: impactOf(entry, felt, at, notes) });
      resolved = true;
    }
  }
  const title = entry.title.slice(0, longestTitle);
  return { entry, title, severity, services: entry.components.map(serviceKey), felt, steps, notes };
}

/** What is known at the end. A time that lies ahead is not known yet; a time that was never stated stays unknown. */
function impactOf({ window }: Entry, felt: 'yes' | 'unknown', now: Date, notes: string[]): Impact {
  if (!window) return { felt };
  const isKnown = (at: Date) => at.getTime() <= now.getTime() + tolerance;
  if (!isKnown(window.ended)) notes.push('its impact ended after it was resolved: resolved with the end not known');
  if (!isKnown(window.started)) notes.push('its impact began after it was resolved: resolved with the start not known');
  return {
    felt: 'yes',
    ...(isKnown(window.started) && { started: window.started }),
    ...(isKnown(window.ended) && { ended: window.ended }),
  };
}

/** Slack shows 3,000 characters at once; more is said in several updates. */
function pieces(text: string): string[] {
  const parts: string[] = [];
  for (let rest = text; rest !== ''; ) {
    const room = rest.slice(0, longestText);
    const end = rest.length > longestText && room.includes(' ') ? room.lastIndexOf(' ') : room.length;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return parts;
}

/** The updates as one ordered list: texts repeat and times are equal, so their order is all there is. */
export const textsOf = ({ steps }: Plan): string[] =>
  steps.flatMap((step) => (step.do === 'update' ? [step.text] : []));

/** Where the incident stands when all is played. */
export function finalStatus({ steps }: Plan): string {
  const last = steps.findLast((step) => step.do === 'status' || step.do === 'resolve');
  if (!last) return 'investigating';
  return last.do === 'status' ? last.to : 'resolved';
}

/** A component's name as a key of the policy. */
export const serviceKey = (component: string): string =>
  component
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
