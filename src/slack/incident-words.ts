import type { KnownBlock } from '@slack/types';
import { impactDuration } from '../incident/impact.ts';
import type { Incident } from '../incident/incident.ts';
import { isOver } from '../incident/lifecycle.ts';
import type { Policy } from '../policy.ts';
import { cut, cutMarkup, duration, escape, section, time } from './blocks.ts';

export const severityName = (incident: Pick<Incident, 'severity'>, policy: Policy) =>
  policy.severities[incident.severity].name;
export const statusName = (status: string) => status.charAt(0).toUpperCase() + status.slice(1);

/** What is known of the customers' clock; what is not known is said. */
export function impactSentence(incident: Incident, now: Date): string {
  const { impact } = incident;
  if (impact.felt === 'no') return isOver(incident) ? 'did not feel it' : 'do not feel it yet';
  if (impact.felt === 'unknown')
    return isOver(incident) ? 'may have felt it; nobody knows' : 'may feel it; not known yet';
  const { started, ended } = impact;
  if (!isOver(incident) && ended) return noLongerFelt(started, ended);
  if (!isOver(incident)) return started ? `feel it since ${time(started)}` : 'feel it; since when is not known';
  if (!started && !ended) return 'felt it; from when to when is not known';
  if (!started) return `felt it until ${time(ended ?? now)}; since when is not known`;
  if (!ended) return `felt it since ${time(started)}; until when is not known`;
  return `felt it from ${time(started)} until ${time(ended)} (${duration(impactDuration(impact, now) ?? 0)})`;
}

/** "Mitigated", in words: work goes on, but customers are spared. */
function noLongerFelt(started: Date | undefined, ended: Date): string {
  if (!started) return `no longer feel it since ${time(ended)}; since when they did is not known`;
  const length = duration(Math.max(0, ended.getTime() - started.getTime()));
  return `no longer feel it; they did from ${time(started)} until ${time(ended)} (${length})`;
}

/** Slack takes 3,000 characters in a section; this leaves room for a line of ours. */
const longestQuote = 2900;

const quoted = (text: string) => escape(text).replace(/^/gm, '> ');

/** Text of people's, set off from what the bot says. */
export const quote = (text: string) => cutMarkup(quoted(text), longestQuote);

/** The same word for word, in as many sections as it takes: parted at a line or a word, else between two characters. */
export function quoteWhole(text: string): KnownBlock[] {
  if (quoted(text).length <= longestQuote) return [section(quoted(text))];
  const half = Math.floor(text.length / 2);
  const [at = half] = [text.lastIndexOf('\n', half), text.lastIndexOf(' ', half), cut(text, half).length - 1].filter(
    (index) => index > 0,
  );
  return [...quoteWhole(text.slice(0, at)), ...quoteWhole(text.slice(at).trimStart())];
}

/** A line of ours, and below it what somebody said, if anything: in one section where both fit. */
export function withQuote(text: string, said: string): KnownBlock[] {
  if (!said) return [section(text)];
  const whole = `${text}\n${quoted(said)}`;
  return whole.length <= 3000 ? [section(whole)] : [section(text), ...quoteWhole(said)];
}

/** By the names that people know them by. One that the policy has no more keeps its key. */
export const serviceNames = ({ services }: Pick<Incident, 'services'>, policy: Pick<Policy, 'services'>): string[] =>
  services.map((key) => policy.services[key]?.name ?? key);
