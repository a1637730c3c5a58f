import type { Button, KnownBlock } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Policy } from '../../policy.ts';
import {
  actions,
  button,
  context,
  cut,
  escape,
  header,
  type Message,
  section,
  time,
  visible,
} from '../../slack/blocks.ts';
import { quote, serviceNames, severityName, statusName } from '../../slack/incident-words.ts';
import { mention } from '../../slack/mention.ts';
import { troubleText } from '../../slack/refusals.ts';
import { followUpsLine } from '../follow-ups/lines.ts';
import { customersAffected, impactLine } from '../impact/views.ts';
import { endLines } from '../lifecycle/endings-views.ts';
import { buttonsWhenOver } from '../lifecycle/headline.ts';
import { bridgeButton } from '../links/views.ts';
import { pagingLine } from '../paging/views.ts';
import { privacyLine } from '../privacy/views.ts';
import { rolesLine, takeRoleButtons } from '../roles/views.ts';
import { tasksLine } from '../tasks/views.ts';
import { nextUpdateLine } from '../updates/promise.ts';

/**
 * The living message at the top of an incident's channel: where things stand, and what can be done about it. `publicUrl`: where the
 * pages are, if people can reach them.
 */
export function headlineMessage(incident: Incident, policy: Policy, now: Date, publicUrl?: string): Message {
  const kind = incident.isPractice ? 'Practice · ' : '';
  return {
    text: `${kind}#${incident.number} ${escape(cut(incident.title, 200))}: ${statusName(incident.status)}`,
    blocks: [
      header(`${kind}#${incident.number} ${incident.title}`),
      section([...facts(incident, policy, now), ...pagesLine(incident, publicUrl)].join('\n')),
      ...(incident.summary ? [section(quote(incident.summary))] : []),
      ...latestUpdate(incident),
      ...troubles(incident),
      ...buttons(incident, policy),
      ...takeRoleButtons(incident, policy),
    ],
  };
}

function facts(incident: Incident, policy: Policy, now: Date): string[] {
  const roles = rolesLine(incident, policy);
  const nextUpdate = nextUpdateLine(incident, now);
  const services = cut(serviceNames(incident, policy).join(', '), 300);
  return [
    `*Status* ${statusName(incident.status)}   *Severity* ${escape(severityName(incident, policy))}`,
    `*Customers* ${impactLine(incident, policy, now)}`,
    ...privacyLine(incident),
    ...(services ? [`*Services* ${escape(services)}`] : []),
    ...(roles ? [roles] : []),
    ...pagingLine(incident),
    ...(nextUpdate ? [nextUpdate] : []),
    ...(incident.detectedAt ? [`First seen ${time(incident.detectedAt)}`] : []),
    ...tasksLine(incident),
    ...followUpsLine(incident),
    `Declared by ${mention(incident.declaredBy)} ${time(incident.declaredAt)}`,
    ...endLines(incident),
  ];
}

/** The rest, in the browser. */
function pagesLine({ number, postmortem }: Incident, publicUrl: string | undefined): string[] {
  if (!publicUrl) return [];
  const link = (path: string, words: string) => `<${new URL(`/incidents/${number}${path}`, publicUrl)}|${words}>`;
  return [[link('', 'Page'), ...(postmortem ? [link('/postmortem', 'Postmortem')] : [])].join(' · ')];
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

function buttons(incident: Incident, policy: Policy): KnownBlock[] {
  const retry = incident.troubles.length > 0 ? [button('retry', 'Try again', incident.id)] : [];
  const update = button('open-update', 'Post update', incident.id);
  const more = button('open-tray', 'More', incident.id);
  if (isOver(incident)) return someOf([...buttonsWhenOver(incident), more, ...retry]);
  return [
    actions('headline', [
      { ...update, style: 'primary' },
      ...(incident.status === 'triage' ? [customersAffected(incident)] : []),
      button('open-status', 'Change status', incident.id),
      button('open-severity', 'Change severity', incident.id),
      button('open-resolve', 'Resolve', incident.id),
      ...pageButton(incident, policy),
      ...bridgeButton(incident, policy),
      more,
      ...retry,
    ]),
  ];
}

/** Where there is somebody to wake. */
const pageButton = (incident: Incident, { paging }: Policy): Button[] =>
  incident.isPractice || Object.keys(paging.targets).length === 0
    ? []
    : [button('open-page', 'Page somebody', incident.id)];

/** Slack takes no row without a button. */
const someOf = (elements: Button[]): KnownBlock[] => (elements.length > 0 ? [actions('headline', elements)] : []);

/** Slack: at most 250 characters, no formatting. https://docs.slack.dev/reference/methods/conversations.setTopic */
export function topic(incident: Incident, policy: Policy): string {
  const kind = incident.isPractice ? 'Practice · ' : '';
  // Everybody reads the topic of a channel that was public when the incident was made private.
  const title = incident.channelIsPublic ? 'Private' : incident.title;
  const whole = `${kind}${severityName(incident, policy)} · ${statusName(incident.status)} · ${title}`;
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
