import type { Feature } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { answerAsker, answersTo, passOn, requestTo } from './ask.ts';
import { postUpdate, updateInChannel } from './post.ts';
import { escalate, escalationTo, remind, reminderTo, strike, strikeFor } from './remind.ts';
import { askSubcommand, listen, updateSubcommand } from './slack.ts';

/** Updates to stakeholders: said in the channel word for word, promised, reminded of, and asked for. */
export const updates: Feature = {
  name: 'updates',
  subcommands: [updateSubcommand, askSubcommand],
  listeners: listen,
  tray: [{ action: 'open-update', label: 'Post update', group: 'respond', may: 'postUpdate', when: () => true }],
  effects: [postUpdate, strike, remind, escalate, passOn, answerAsker],
  reactions: {
    updatePosted: (event, incident, by) => [
      updateInChannel(event, incident, by),
      ...answersTo(incident, event.answers ?? [], 'updated'),
    ],
    updateRequested: ({ person, question }, incident) => [requestTo(incident, person, question)],
    nextUpdateDueChanged: (_, incident) => [strikeFor(incident)],
    updateSnoozed: (_, incident) => [strikeFor(incident)],
    updateClaimed: (_, incident) => [strikeFor(incident)],
    updateFellDue: (_, incident) => [strikeFor(incident)],
    updateReminded: ({ person, due }, incident) => [strikeFor(incident), reminderTo(incident, person, due)],
    updateEscalated: ({ person, due }, incident) => [
      strikeFor(incident),
      ...(person ? [escalationTo(incident, person, due)] : []),
    ],
    resolved: (_, incident) => [
      ...stopped(incident),
      ...answersTo(
        incident,
        incident.updateRequests.map(({ by }) => by),
        'resolved',
      ),
    ],
    closed: (_, incident) => stopped(incident),
    declined: (_, incident) => stopped(incident),
    cancelled: (_, incident) => stopped(incident),
    merged: (_, incident) => stopped(incident),
  },
};

/** Nothing is owed any more: the row that waits finds that out now and not in an hour. */
const stopped = (incident: Incident): Effect[] => [strikeFor(incident)];
