import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, cut, duration, escape, type Message, section, time } from '../../slack/blocks.ts';
import { impactSentence, severityName, statusName } from '../../slack/incident-words.ts';
import { incidentName } from '../../slack/views.ts';
import { bridgeButton } from '../links/views.ts';
import { openTasks, taskLine } from '../tasks/views.ts';

/** Everything a newcomer needs; all of it may be seen by whoever asks. */
export interface CatchUp {
  incident: Incident;
  /** What happened, a line each. */
  story: string[];
  related: Incident[];
  similar: Incident[];
  /** Whether the person is in its channel. */
  isIn: boolean;
}

/** What happened, who does what, what is open and what is next: at most about 25 lines. */
export function catchUpMessage(given: CatchUp, policy: Policy, now: Date): Message {
  const { incident, story, isIn } = given;
  const parts = [
    [head(incident, policy, now)],
    ['*So far*', ...story],
    newestUpdate(incident),
    whoDoesWhat(incident, policy),
    openNow(incident),
    next(incident, policy, now),
    others(given),
  ];
  const buttons = [
    ...(isIn || isOver(incident) ? [] : [button('join', 'Join', incident.id)]),
    ...(isOver(incident) ? [] : bridgeButton(incident, policy)),
    button('open-tray', 'What can I do?', incident.id),
  ];
  return {
    text: `#${incident.number} so far`,
    blocks: [
      ...parts.filter((lines) => lines.length > 0).map((lines) => section(lines.join('\n'))),
      actions('catch-up', buttons),
    ],
  };
}

function head(incident: Incident, policy: Policy, now: Date): string {
  const age = duration(now.getTime() - incident.declaredAt.getTime());
  const state = `${escape(severityName(incident, policy))} · ${statusName(incident.status)} · declared ${age} ago`;
  return `${incidentName(incident)}\n${state} · customers ${impactSentence(incident, now)}`;
}

function newestUpdate({ latestUpdate: update }: Incident): string[] {
  if (!update) return [];
  return [
    `*Newest update* by <@${update.by}> ${time(update.at)}`,
    `> ${escape(cut(update.text.replace(/\s+/g, ' '), 400))}`,
  ];
}

/** More than a policy has; what it once had may be in an old incident. */
const mostRoles = 12;

function whoDoesWhat({ roles, members }: Incident, policy: Policy): string[] {
  const held = Object.entries(roles)
    .slice(0, mostRoles)
    .map(([role, { person }]) => `${escape(policy.roles[role]?.name ?? role)} <@${person}>`);
  const count = members.length > 0 ? [`${members.length} in the channel`] : [];
  const facts = [...(held.length > 0 ? held : ['nobody has a role']), ...count];
  return [`*Who does what* ${facts.join(' · ')}`];
}

const mostTasks = 4;

function openNow(incident: Incident): string[] {
  const open = openTasks(incident);
  if (open.length === 0) return [];
  const more = open.length > mostTasks ? [`and ${open.length - mostTasks} more: \`/incident task\``] : [];
  return [`*Open tasks*`, ...open.slice(0, mostTasks).map((task) => taskLine(task, 100)), ...more];
}

function next(incident: Incident, policy: Policy, now: Date): string[] {
  if (isOver(incident)) return [];
  const due = incident.nextUpdateDue;
  const update = due
    ? `${due < now ? 'update overdue since' : 'update by'} ${time(due)}`
    : 'update when something changes';
  const missing = Object.entries(policy.roles).filter(([role, { key }]) => key && !incident.roles[role]);
  const nobody = missing.slice(0, mostRoles).map(([, { name }]) => `nobody is ${escape(name)}`);
  const offers = Object.entries(incident.handovers).map(
    ([role, { to }]) => `<@${to}> is asked to be ${escape(policy.roles[role]?.name ?? role)}`,
  );
  const asked = incident.updateRequests.length;
  const waiting = asked > 0 ? [`${asked} ${asked === 1 ? 'person waits' : 'people wait'} for an update`] : [];
  return [`*What comes next* ${[update, ...offers.slice(0, mostRoles), ...waiting, ...nobody].join(' · ')}`];
}

const mostOthers = 3;

function others({ related, similar }: CatchUp): string[] {
  const names = (incidents: Incident[]) =>
    incidents
      .slice(0, mostOthers)
      .map((one) => `#${one.number} ${escape(cut(one.title, 60))} (${statusName(one.status)})`)
      .join(' · ');
  return [
    ...(related.length > 0 ? [`*Related* ${names(related)}`] : []),
    ...(similar.length > 0 ? [`*Similar before* ${names(similar)}`] : []),
  ];
}

/** To somebody who comes late. */
export function catchUpOffer(incident: Incident, now: Date): Message {
  const age = duration(now.getTime() - incident.declaredAt.getTime());
  const text = `#${incident.number} was declared ${age} ago. Shall I tell you what happened so far?`;
  return { text, blocks: [section(text), actions('catch-up-offer', [button('catch-up', 'Catch me up', incident.id)])] };
}
