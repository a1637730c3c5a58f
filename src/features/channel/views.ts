import type { KnownBlock } from '@slack/types';
import { impactDuration } from '../../incident/impact.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Policy } from '../../policy.ts';
import {
  actions,
  button,
  context,
  cut,
  cutMarkup,
  duration,
  escape,
  header,
  type Message,
  section,
  time,
  visible,
} from '../../slack/blocks.ts';
import { troubleText } from '../../slack/refusals.ts';

export const severityName = (incident: Pick<Incident, 'severity'>, policy: Policy) =>
  policy.severities[incident.severity].name;
export const statusName = (status: string) => status.charAt(0).toUpperCase() + status.slice(1);

/** The living message at the top of an incident's channel: where things stand, and what can be done about it. */
export function headlineMessage(incident: Incident, policy: Policy, now: Date): Message {
  const kind = incident.isPractice ? 'Practice · ' : '';
  return {
    text: `${kind}#${incident.number} ${escape(cut(incident.title, 200))}: ${statusName(incident.status)}`,
    blocks: [
      header(`${kind}#${incident.number} ${incident.title}`),
      section(facts(incident, policy, now).join('\n')),
      ...(incident.summary ? [section(quote(incident.summary))] : []),
      ...latestUpdate(incident),
      ...troubles(incident),
      ...buttons(incident),
    ],
  };
}

function facts(incident: Incident, policy: Policy, now: Date): string[] {
  const services = cut(incident.services.map((key) => policy.services[key]?.name ?? key).join(', '), 300);
  return [
    `*Status* ${statusName(incident.status)}   *Severity* ${escape(severityName(incident, policy))}`,
    `*Customers* ${impactSentence(incident, now)}`,
    ...(services ? [`*Services* ${escape(services)}`] : []),
    `Declared by <@${incident.declaredBy}> ${time(incident.declaredAt)}`,
    ...(incident.resolvedAt ? [`Resolved by <@${incident.resolvedBy}> ${time(incident.resolvedAt)}`] : []),
  ];
}

/** What is known of the customers' clock; what is not known is said. */
export function impactSentence(incident: Incident, now: Date): string {
  const { impact } = incident;
  if (impact.felt === 'no') return isOver(incident) ? 'did not feel it' : 'do not feel it yet';
  if (impact.felt === 'unknown')
    return isOver(incident) ? 'may have felt it; nobody knows' : 'may feel it; not known yet';
  const { started, ended } = impact;
  if (!isOver(incident)) return started ? `feel it since ${time(started)}` : 'feel it; since when is not known';
  if (!started && !ended) return 'felt it; from when to when is not known';
  if (!started) return `felt it until ${time(ended ?? now)}; since when is not known`;
  if (!ended) return `felt it since ${time(started)}; until when is not known`;
  return `felt it from ${time(started)} until ${time(ended)} (${duration(impactDuration(impact, now) ?? 0)})`;
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

function latestUpdate({ latestUpdate: update }: Incident): KnownBlock[] {
  if (!update) return [];
  return [section(`*Latest update* by <@${update.by}> ${time(update.at)}`), section(quote(cut(update.text, 1000)))];
}

function troubles(incident: Incident): KnownBlock[] {
  return incident.troubles
    .slice(0, 5)
    .map((trouble) => context(`:warning: I could not ${escape(trouble.what)}: ${troubleText(trouble.why)}`));
}

function buttons(incident: Incident): KnownBlock[] {
  const retry = incident.troubles.length > 0 ? [button('retry', 'Try again', incident.id)] : [];
  const update = button('open-update', 'Post update', incident.id);
  if (isOver(incident)) return [actions('headline', [update, ...retry])];
  return [
    actions('headline', [
      { ...update, style: 'primary' },
      button('open-status', 'Change status', incident.id),
      button('open-severity', 'Change severity', incident.id),
      button('open-resolve', 'Resolve', incident.id),
      ...retry,
    ]),
  ];
}

/** Slack: at most 250 characters, no formatting. https://docs.slack.dev/reference/methods/conversations.setTopic */
export function topic(incident: Incident, policy: Policy): string {
  const kind = incident.isPractice ? 'Practice · ' : '';
  const whole = `${kind}${severityName(incident, policy)} · ${statusName(incident.status)} · ${incident.title}`;
  // In a topic Slack would read what people wrote as markup.
  return cut(visible(whole).replace(/[<>&]/g, ' ').replace(/\s+/g, ' ').trim(), 250);
}

export function troubleMessage(what: string, why: string, incident: Incident): Message {
  const text = `I could not ${escape(what)}: ${troubleText(why)}`;
  return {
    text,
    blocks: [section(`:warning: ${text}`), actions('trouble', [button('retry', 'Try again', incident.id)])],
  };
}
