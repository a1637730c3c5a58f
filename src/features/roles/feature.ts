import type { Feature } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Person } from '../../may.ts';
import type { Effect } from '../../outbox/effect.ts';
import { inviteTo } from '../channel/furnish.ts';
import { inChannel } from '../channel/gone.ts';
import { handoverSubcommand, listenToHandovers } from './handover.ts';
import { askAboutHandover, watchDuty, watchDutyOf, watchedRole } from './long-duty.ts';
import { news, newsIn } from './news.ts';
import { offered, offerHandover, offerSettled, settleOffer } from './offer.ts';
import { commandOffered, commandSettled, offerCommand, planCommandOffer, settleCommandOffer } from './offer-command.ts';
import { listen } from './slack.ts';
import { leadSubcommand, roleSubcommand, rolesSubcommand, shadowSubcommand, takeSubcommand } from './subcommands.ts';
import { declined, duties, relieved, tellOfRole } from './tell.ts';
import { askWhoTakes, planAsking, planAskingFor } from './unfilled.ts';
import { sayUntrained, untrained } from './untrained.ts';

/** Who does what: given, taken, handed over, and learned by watching. */
export const roles: Feature = {
  name: 'roles',
  subcommands: [rolesSubcommand, roleSubcommand, leadSubcommand, takeSubcommand, handoverSubcommand, shadowSubcommand],
  listeners: (app, inside) => {
    listen(app, inside);
    listenToHandovers(app, inside);
  },
  tray: [
    { action: 'open-roles', label: 'Roles', group: 'people', may: 'assignRole', when: (incident) => !isOver(incident) },
    { action: 'open-handover', label: 'Hand over', group: 'people', may: 'assignRole', when: holdsRole },
  ],
  effects: [
    inChannel(news),
    tellOfRole,
    offerHandover,
    settleOffer,
    planCommandOffer,
    offerCommand,
    settleCommandOffer,
    inChannel(untrained),
    planAsking,
    inChannel(askWhoTakes),
    watchDuty,
    askAboutHandover,
  ],
  reactions: {
    declared: (_, incident) => [planAskingFor(incident)],
    channelOpened: ({ instead }, incident) => [
      ...involved(incident).flatMap((person) => invited(incident, person)),
      ...(instead ? [] : commandOffered(incident)),
    ],
    severityChanged: ({ from }, incident) => commandOffered(incident, { from }),
    madePrivate: (_, incident) => commandSettled(incident),
    roleAssigned: ({ role, person, from, how }, incident, by) => [
      newsIn(incident, { what: how, role, person, by, from }),
      duties(incident, role, person, by),
      ...relieved(incident, role, from, by, person),
      ...invited(incident, person),
      sayUntrained(incident, role, person),
      offerSettled(incident, role, person),
      ...(role === watchedRole ? [watchDutyOf(incident), ...commandSettled(incident)] : []),
    ],
    roleFreed: ({ role, from }, incident, by) => [
      newsIn(incident, { what: 'freed', role, person: from, by }),
      ...relieved(incident, role, from, by),
      ...(role === watchedRole ? commandOffered(incident, { except: from }) : []),
    ],
    shadowingStarted: ({ role, person }, incident, by) => [
      newsIn(incident, { what: 'shadowing', role, person, by }),
      ...invited(incident, person),
    ],
    shadowingEnded: ({ role, person }, incident, by) => [
      newsIn(incident, { what: 'no-longer-shadowing', role, person, by }),
    ],
    handoverOffered: ({ role, to, state, thinking, watch }, incident, by) => [
      newsIn(incident, { what: 'offered', role, person: to, by }),
      offered(incident, { role, to, by, state, thinking, watch }),
    ],
    handoverDeclined: (event, incident, by) => [
      newsIn(incident, { what: 'declined', role: event.role, person: event.person, by, reason: event.reason }),
      offerSettled(incident, event.role, event.person, { declined: true }),
      ...declined(incident, event),
    ],
    handoverWithdrawn: ({ role, person }, incident) => [offerSettled(incident, role, person)],
    // The long duty of a commander who came back to it counts on.
    reopened: (_, incident) => (incident.roles[watchedRole] ? [watchDutyOf(incident)] : []),
  },
};

const involved = ({ roles: held, shadows }: Incident): string[] => [
  ...new Set([...Object.values(held).map(({ person }) => person), ...Object.values(shadows).flat()]),
];

/** Whoever has a part in it belongs into its channel; who declared it is invited anyway. */
function invited(incident: Incident, person: string): Effect[] {
  const isIn = incident.members.includes(person);
  return incident.channel && !isIn ? [inviteTo(incident, person)] : [];
}

/** Only who has a role has something to hand over; others ask for one by *Roles*. */
function holdsRole(incident: Incident, { id }: Person): boolean {
  return !isOver(incident) && Object.values(incident.roles).some(({ person }) => person === id);
}
