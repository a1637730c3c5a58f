import type { KnownBlock } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import { unfilledKeyRoles } from '../../incident/roles.ts';
import type { Tenure } from '../../incident/tenures.ts';
import type { Policy } from '../../policy.ts';
import {
  actions,
  button,
  context,
  cut,
  duration,
  escape,
  field,
  type Message,
  option,
  plain,
  section,
  time,
} from '../../slack/blocks.ts';
import { incidentName } from '../../slack/views.ts';
import { bold, people, roleName, rolesOf } from './words.ts';

/** What fits on the headline; the form has all of them. */
const mostOnHeadline = 8;
const mostButtons = 5;

/** Who does what, in one line; nothing where nobody has a role yet. */
export function rolesLine(incident: Incident, policy: Policy): string | undefined {
  const held = rolesOf(incident, policy).filter((role) => hasNews(incident, role));
  if (held.length === 0) return undefined;
  const more = held.length > mostOnHeadline ? [`and ${held.length - mostOnHeadline} more`] : [];
  return [...held.slice(0, mostOnHeadline).map((role) => roleWords(incident, role, policy)), ...more].join('   ');
}

const hasNews = ({ roles, shadows, handovers }: Incident, role: string) =>
  roles[role] !== undefined || shadows[role] !== undefined || handovers[role] !== undefined;

function roleWords({ roles, shadows, handovers }: Incident, role: string, policy: Policy): string {
  const holder = roles[role];
  const offered = handovers[role];
  const watching = shadows[role] ?? [];
  return [
    `${bold(role, policy)} ${holder ? `<@${holder.person}>` : 'nobody'}`,
    ...(offered ? [`(offered to <@${offered.to}>, not accepted yet)`] : []),
    ...(watching.length > 0 ? [`(shadowed by ${people(watching.slice(0, 3))})`] : []),
  ].join(' ');
}

/** One row while a role that is missed has nobody. */
export function takeRoleButtons(incident: Incident, policy: Policy): KnownBlock[] {
  const missing = unfilledKeyRoles(incident, policy).slice(0, mostButtons);
  if (missing.length === 0) return [];
  return [
    actions(
      'take-roles',
      missing.map((role) => takeButton(incident, role, policy)),
    ),
  ];
}

const takeButton = (incident: Incident, role: string, policy: Policy) =>
  button(`take-role-${role}`, `Take role: ${roleName(role, policy)}`, incident.id);

/** The role that a schedule may be there for. */
const commander = 'commander';

/** Asked once, of those in the channel. `onCall`: who is on call to be the commander. */
export function unfilledMessage(incident: Incident, policy: Policy, onCall?: string): Message {
  const missing = unfilledKeyRoles(incident, policy);
  const names = missing.slice(0, mostButtons).map((role) => bold(role, policy));
  const asked = people(incident.members.slice(0, mostAsked));
  const text = `Nobody has taken ${names.join(' or ')} yet. Who does?`;
  return {
    text,
    blocks: [
      section(asked ? `${asked}: ${text}` : text),
      ...missing.slice(0, mostButtons).map((role) => context(`${bold(role, policy)}: ${duty(role, policy)}`)),
      ...(onCall && missing.includes(commander) ? [context(escape(onCall))] : []),
      ...takeRoleButtons(incident, policy),
    ],
  };
}

/** Naming more people than this is shouting. */
const mostAsked = 10;

export const duty = (role: string, policy: Policy): string => escape(policy.roles[role]?.duty ?? '');

export const roleField = (role: string): string => `role:${role}`;

/** All roles with who has them, and what the one who fills it in watches to learn. `onCall`: who is on call to be the commander. */
export function rolesModal(incident: Incident, policy: Policy, person: string, onCall?: string) {
  const roles = rolesOf(incident, policy);
  const options = roles.map((role) => option(role, roleName(role, policy)));
  const watched = options.filter(({ value }) => incident.shadows[value ?? '']?.includes(person));
  return {
    type: 'modal' as const,
    title: plain('Roles'),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      section(incidentName(incident)),
      ...roles.map((role) => holderField(incident, role, policy, role === commander ? onCall : undefined)),
      field(
        'shadowing',
        'I shadow',
        { type: 'multi_static_select', options, ...(watched.length > 0 && { initial_options: watched }) },
        { optional: true, hint: 'To learn by watching: you are invited to the channel and listed.' },
      ),
      context('A role that nobody should have any more: `/incident role &lt;role&gt; nobody`'),
    ],
  };
}

function holderField({ roles, shadows }: Incident, role: string, policy: Policy, onCall = ''): KnownBlock {
  const holder = roles[role]?.person;
  const watching = shadows[role]?.length ?? 0;
  const what = `${policy.roles[role]?.duty ?? ''}${watching > 0 ? ` (${watching} shadowing)` : ''}`;
  const hint = [what, holder ? '' : onCall].filter(Boolean).join('. ');
  return field(
    roleField(role),
    roleName(role, policy),
    { type: 'users_select', ...(holder && { initial_user: holder }) },
    { optional: true, ...(hint && { hint }) },
  );
}

/** A role that was not understood, with the nearest and all there are. */
export function whichRole(words: string, near: string | undefined, policy: Policy, usage: string): Message {
  const suggested = near && `\`/incident ${usage.replace('<role>', near)}\``;
  const meant = suggested ? ` Did you mean ${suggested}?` : '';
  const asked = words ? `I do not know the role *${escape(cut(words, 60))}*.${meant}` : 'Which role?';
  const keys = Object.keys(policy.roles).map((role) => `\`${role}\` ${escape(roleName(role, policy))}`);
  return {
    text: words ? 'I do not know that role.' : 'Which role?',
    blocks: [section(asked), context(cut(`There are: ${keys.join(', ')}`, 2900))],
  };
}

export const noRoles: Message = {
  text: 'The policy has no roles. Whoever looks after `config/tocsin.yml` can add some.',
};

/** Who has a role, asked by its name alone. */
export function holderMessage(incident: Incident, role: string, policy: Policy): Message {
  const held = incident.roles[role];
  const now = held ? `<@${held.person}> since ${time(held.since)}` : 'nobody';
  const way = `\`/incident role ${role} @who\` gives it to somebody, \`me\` to you, \`nobody\` takes it away.`;
  return { text: `${bold(role, policy)}: ${now}`, blocks: [section(`${bold(role, policy)}: ${now}`), context(way)] };
}

/** How many lines of the past are shown; the newest count most. */
const mostTenures = 40;

/** Who held what, when. */
export function historyMessage(incident: Incident, tenures: Tenure[], policy: Policy, now: Date): Message {
  const lines = tenures.slice(-mostTenures).map((tenure) => tenureLine(tenure, policy, now));
  const left = tenures.length - lines.length;
  return {
    text: 'Who held what, when',
    blocks: [
      section(`${incidentName(incident)}\n*Who held what, when*`),
      ...(lines.length === 0 ? [section('Nobody has had a role yet. `/incident roles` gives them.')] : []),
      ...lines.map((line) => context(line)),
      ...(left > 0 ? [context(`and ${left} before`)] : []),
    ],
  };
}

function tenureLine({ role, person, from, until, how, by }: Tenure, policy: Policy, now: Date): string {
  const ways = {
    assigned: by === person ? 'took it' : `given by <@${by}>`,
    taken: 'took it',
    'handed-over': 'accepted a handover',
  };
  const span = `${time(from)} – ${until ? time(until) : 'now'}`;
  return `${bold(role, policy)} <@${person}> ${span} (${duration((until ?? now).getTime() - from.getTime())}; ${ways[how]})`;
}

export const takenMessage = (role: string, holder: string, policy: Policy): Message => ({
  text: `<@${holder}> has ${bold(role, policy)} already. They can hand it over to you with \`/incident handover\`; \`/incident role ${role} me\` takes it from them.`,
});

export const yoursAlready = (role: string, policy: Policy): Message => ({
  text: `You have ${bold(role, policy)} already.`,
});
