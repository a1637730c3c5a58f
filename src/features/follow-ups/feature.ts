import type { Feature } from '../../feature.ts';
import type { FollowUp, Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { inviteTo } from '../channel/furnish.ts';
import { noteIn } from '../channel/note.ts';
import { carriedNote, droppedNote, followUpNote } from './messages.ts';
import { followUpWish, markFinished, markKept } from './reaction.ts';
import { planOf, planReminder, reminderOf, remindOfFollowUp, tellOfDue } from './remind.ts';
import { followUpSubcommand, listen } from './slack.ts';
import { givenTo, offerTasks, offerTo, tellHints, tellOwner } from './tell.ts';

/** What is to be done after the incident, driven until it is done: from a command, a form, a message, a reaction or a task. */
export const followUps: Feature = {
  name: 'follow-ups',
  subcommands: [followUpSubcommand],
  listeners: (app, inside) => {
    listen(app, inside);
    followUpWish.listen(app, inside);
  },
  tray: [
    { action: 'open-follow-up', label: 'Add a follow-up', group: 'work', may: 'workOnFollowUps', when: () => true },
    {
      action: 'open-follow-ups',
      label: 'Follow-ups',
      group: 'work',
      may: 'see',
      when: ({ followUps: all }) => all.length > 0,
    },
  ],
  wishes: [followUpWish],
  effects: [planReminder, remindOfFollowUp, tellOfDue, tellOwner, tellHints, offerTasks],
  reactions: {
    followUpAdded: ({ number, source }, incident, by) =>
      on(incident, number, (followUp) => [
        added(incident, followUp, by),
        planOf(incident, number),
        ...given(incident, followUp, by),
        ...(source ? [markKept(incident, source, true)] : []),
      ]),
    followUpChanged: ({ number, owner, due }, incident, by) =>
      on(incident, number, (followUp) => [
        noteIn(incident, 'follow-up', followUpNote('changed', followUp, by)),
        ...(owner ? given(incident, followUp, by) : []),
        ...(due ? [planOf(incident, number)] : []),
      ]),
    followUpFinished: ({ number }, incident, by) =>
      on(incident, number, (followUp) => [
        noteIn(incident, 'follow-up', followUpNote('done', followUp, by)),
        reminderOf(incident, number),
        ...(followUp.source ? [markFinished(incident, followUp.source, true)] : []),
      ]),
    followUpReopened: ({ number }, incident, by) =>
      on(incident, number, (followUp) => [
        noteIn(incident, 'follow-up', followUpNote('reopened', followUp, by)),
        planOf(incident, number),
        ...(followUp.source ? [markFinished(incident, followUp.source, false)] : []),
      ]),
    followUpDropped: ({ number, reason, source }, incident, by) => [
      noteIn(incident, 'follow-up', droppedNote(number, by, reason)),
      reminderOf(incident, number),
      ...(source ? [markKept(incident, source, false), markFinished(incident, source, false)] : []),
    ],
    followUpTicketed: ({ number }, incident, by) =>
      on(incident, number, (followUp) => [noteIn(incident, 'follow-up', followUpNote('ticketed', followUp, by))]),
    resolved: (_, incident, by) => [offerTo(incident, by)],
  },
};

function on({ followUps: all }: Incident, number: number, effects: (followUp: FollowUp) => Effect[]): Effect[] {
  const followUp = all.find((one) => one.number === number);
  return followUp ? effects(followUp) : [];
}

/** Those that were tasks were made at one time and by one press: each asks for the same note, so there is one. */
function added(incident: Incident, followUp: FollowUp, by: string): Effect {
  if (followUp.task === undefined) return noteIn(incident, 'follow-up', followUpNote('added', followUp, by));
  const together = incident.followUps.filter(
    ({ task, at }) => task !== undefined && at.getTime() === followUp.at.getTime(),
  );
  return noteIn(incident, 'follow-up', carriedNote(together, by));
}

/** Whoever takes it knows; whoever is given it is told. A private incident is seen only from its channel. */
function given(incident: Incident, followUp: FollowUp, by: string): Effect[] {
  const { owner } = followUp;
  if (!owner || owner === by) return [];
  const isOut = incident.isPrivate && incident.channel && !incident.members.includes(owner);
  return [givenTo(incident, followUp, owner, by), ...(isOut ? [inviteTo(incident, owner)] : [])];
}
