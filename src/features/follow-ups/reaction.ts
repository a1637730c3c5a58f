import { longestFollowUp } from '../../incident/follow-up-commands.ts';
import type { Incident, Place } from '../../incident/incident.ts';
import { placeKey } from '../../incident/timeline.ts';
import type { Effect } from '../../outbox/effect.ts';
import { defineWish, marking } from '../../slack/reactions.ts';
import { textOfMessage } from '../../slack/text.ts';
import { hintsTo } from './tell.ts';

/** What the bot answers with: kept, and done. Other ones than of a task, since a message can be both. */
const kept = 'bookmark_tabs';
const finished = 'heavy_check_mark';

const usual = { kind: 'process', priority: 'medium', proof: '' } as const;

/** A message with this reaction is a follow-up. What is done stays, whoever takes a reaction away. */
export const followUpWish = defineWish({
  name: 'follow-ups',
  asks: 'ticket',
  may: 'workOnFollowUps',
  whileOpen: false,
  purpose: 'make a follow-up of a message',
  undone: 'No follow-up was made of it.',
  heed(incident, { message, asking }, { person }) {
    const { channel, ts } = message;
    const place = { channel, ts };
    const made = incident.followUps.find(({ source }) => source && placeKey(source) === placeKey(place));
    if (asking.includes(person) && !made) {
      const text = textOfMessage(message.text, longestFollowUp);
      const add = { type: 'addFollowUp', text, source: place, ...usual } as const;
      return { report: add, by: person, next: [hintsTo(incident, place, person)] };
    }
    if (asking.length === 0 && made && !made.done)
      return { report: { type: 'dropFollowUp', number: made.number, reason: '' }, by: person };
    return {};
  },
});

export const markKept = (incident: Incident, at: Place, there: boolean): Effect => marking(incident, at, kept, there);
export const markFinished = (incident: Incident, at: Place, there: boolean): Effect =>
  marking(incident, at, finished, there);
