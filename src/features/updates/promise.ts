import * as z from 'zod';
import type { EventOf } from '../../incident/events.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { time } from '../../slack/blocks.ts';

/** What an update says about the next one; undefined: there will be none, since the incident is over. */
export const Promised = z.union([z.date(), z.literal('on change')]).optional();
export type Promised = z.infer<typeof Promised>;

export const promisedBy = ({ nextDue }: EventOf<'updatePosted'>, incident: Incident): Promised =>
  isOver(incident) ? undefined : (nextDue ?? 'on change');

/** The same from how things stand: for whoever is told of an update a little later than the channel. */
export const promisedNow = (incident: Incident): Promised =>
  isOver(incident) ? undefined : (incident.nextUpdateDue ?? 'on change');

export const promiseText = (promised: Exclude<Promised, undefined>): string =>
  promised === 'on change' ? 'Next update when something changes' : `Next update by ${time(promised)}`;

/** How things stand with the next update: one line on the headline and under the announcement. */
export function nextUpdateLine(incident: Incident, now: Date): string | undefined {
  const { nextUpdateDue: due, reminder = {} } = incident;
  if (isOver(incident)) return undefined;
  if (!due || due > now) return `${promiseText(due ?? 'on change')}${onIt(reminder.claimedBy)}`;
  const told = reminder.escalatedTo ? ` · <@${reminder.escalatedTo}> was told` : '';
  return `:warning: Update overdue since ${time(due)}${onIt(reminder.claimedBy)}${told}`;
}

const onIt = (person: string | undefined) => (person ? ` · <@${person}> is on it` : '');
