import type { HomeView, KnownBlock } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import type { Denial } from '../../may.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, context, cut, divider, escape, header, section, time } from '../../slack/blocks.ts';
import { impactSentence, severityName, statusName } from '../../slack/incident-words.ts';
import { denialText } from '../../slack/refusals.ts';
import { incidentName } from '../../slack/views.ts';
import { oneLine } from '../follow-ups/lines.ts';
import { followUpMenu } from '../follow-ups/views.ts';
import { datesText } from '../postmortem/messages.ts';
import { follow, ruleName } from '../subscriptions/views.ts';
import type { HomeFacts } from './facts.ts';

/** Slack takes 100 blocks in a home; of each list so many are shown, and the rest is counted. */
const most = 11;
const mostLines = 6;

/** What is mine, and what is going on. */
export function homeView(facts: HomeFacts, policy: Policy, now: Date): HomeView {
  return {
    type: 'home',
    callback_id: 'home',
    blocks: [
      actions('home', [
        { ...button('declare-this', 'Declare an incident', ''), style: 'primary' },
        button('open-subscriptions', 'Change what I follow', ''),
      ]),
      ...waiting(facts, policy),
      ...followUpsOwed(facts, now),
      ...mine(facts, policy, now),
      ...others(facts, policy, now),
      ...follows(facts, policy),
    ],
  };
}

/** For guests and whoever else may not see what goes on. */
export const closedHome = (denied: Denial): HomeView => ({
  type: 'home',
  callback_id: 'home',
  blocks: [section(denialText(denied))],
});

const more = (count: number, shown: number, where: string): KnownBlock[] =>
  count > shown ? [context(`and ${count - shown} more: ${where}`)] : [];

function waiting({ handovers, tasks, postmortems }: HomeFacts, policy: Policy): KnownBlock[] {
  if (handovers.length + tasks.length + postmortems.length === 0) return [];
  const offers = handovers.map(
    ({ incident, role, offer }) =>
      `${offer.from ? `<@${offer.from}>` : 'Somebody'} offers you *${escape(roleName(role, policy))}* of ${incidentName(incident)}`,
  );
  const todo = tasks.map(({ incident, task }) => {
    const due = task.due ? `, due ${time(task.due)}` : '';
    return `${escape(cut(task.text.replace(/\s+/g, ' '), 120))}${due}\n      task ${task.number} of ${incidentName(incident)}`;
  });
  return [
    header('Waiting for you'),
    ...list(offers, ':handshake:'),
    ...list(todo, ':ballot_box_with_check:'),
    ...postmortemsOwed(postmortems),
  ];
}

function postmortemsOwed(postmortems: Incident[]): KnownBlock[] {
  const shown = postmortems.slice(0, mostLines).map((incident) => ({
    ...section(`:memo: Postmortem of ${incidentName(incident)}\n${datesText(incident)}`.trim()),
    accessory: button('open-postmortem', 'Open the draft', incident.id),
  }));
  return [...shown, ...more(postmortems.length, mostLines, '`/incident postmortem`')];
}

/** Across all incidents, the soonest first. */
function followUpsOwed({ followUps }: HomeFacts, now: Date): KnownBlock[] {
  if (followUps.length === 0) return [];
  const shown = followUps.slice(0, mostLines).map(({ incident, followUp }) => {
    const when = followUp.due < now ? ':warning: overdue since' : 'due';
    const what = `:ticket: ${oneLine(followUp.text, 120)}, ${when} ${time(followUp.due)}`;
    return {
      ...section(`${what}\n      follow-up ${followUp.number} of ${incidentName(incident)}`),
      accessory: followUpMenu('follow-up-home', incident, followUp.number),
    };
  });
  return [header('My follow-ups'), ...shown, ...more(followUps.length, mostLines, 'when these are done')];
}

/** Lines of one kind in one section. */
function list(lines: string[], icon: string): KnownBlock[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, mostLines).map((line) => section(`${icon} ${line}`));
  return [...shown, ...more(lines.length, mostLines, 'in their channels')];
}

const roleName = (role: string, policy: Policy) => policy.roles[role]?.name ?? role;

function mine({ mine: all }: HomeFacts, policy: Policy, now: Date): KnownBlock[] {
  if (all.length === 0) return [];
  return [
    divider,
    header('My incidents'),
    ...all.slice(0, most).map(({ incident, roles }) => {
      const names = roles.map((role) => escape(roleName(role, policy))).join(', ');
      return section(`${standing(incident, policy, now)}${names ? `\nYou are: *${cut(names, 200)}*` : ''}`);
    }),
    ...more(all.length, most, '`/incident list`'),
  ];
}

function standing(incident: Incident, policy: Policy, now: Date): string {
  const due = incident.nextUpdateDue ? `, next update by ${time(incident.nextUpdateDue)}` : '';
  return [
    incidentName(incident),
    `${escape(severityName(incident, policy))} · ${statusName(incident.status)} · customers ${impactSentence(incident, now)}${due}`,
  ].join('\n');
}

function others({ others: all, mine: own, followed }: HomeFacts, policy: Policy, now: Date): KnownBlock[] {
  const ids = new Set(followed.map(({ id }) => id));
  if (all.length === 0)
    return [
      divider,
      header('Going on now'),
      section(own.length > 0 ? 'Nothing else.' : 'Nothing. No incident is open.'),
    ];
  return [
    divider,
    header('Going on now'),
    ...all
      .slice(0, most)
      .flatMap((incident) => [
        section(standing(incident, policy, now)),
        actions(`now:${incident.id}`, [
          button('join', 'Join', incident.id),
          ids.has(incident.id) ? button('unfollow', 'Unfollow', incident.id) : follow(incident),
        ]),
      ]),
    ...more(all.length, most, '`/incident list`'),
  ];
}

function follows({ rules, followed }: HomeFacts, policy: Policy): KnownBlock[] {
  const heading = [divider, header('What I follow')];
  if (rules.length + followed.length === 0)
    return [...heading, section('Nothing yet. *Follow* an incident here, or choose services and severities.')];
  return [
    ...heading,
    ...rules.slice(0, most).map((rule) => ({
      ...section(capital(escape(ruleName(rule, policy)))),
      accessory: button('drop-subscription', 'Remove', `${rule.what}:${rule.of}`),
    })),
    ...more(rules.length, most, '*Change what I follow* shows all'),
    ...followed.slice(0, most).map((incident) => ({
      ...section(incidentName(incident)),
      accessory: button('unfollow', 'Unfollow', incident.id),
    })),
    ...more(followed.length, most, '*Change what I follow* shows all'),
  ];
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
