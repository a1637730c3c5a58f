import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { nextStep } from '../../incident/reminders.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { whereToTell } from '../../slack/answer.ts';
import { definePost, type Post } from '../../slack/messages.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { escalationMessage, reminderMessage } from './reminder-views.ts';

/**
 * The clock of an incident's promise: one row that waits until something is to be done about it. What that is the incident decides
 * when the time has come, so a row that is too early, too late, or about a promise that was kept does nothing wrong.
 */
export const strike = defineEffect('updates.strike', z.object({ incident: z.string() }), {
  async run({ incident: id }, outside: Outside) {
    const incident = await incidentOf(outside, id);
    const at = nextStep(incident);
    if (!at) return {};
    // The clock was set back after the row was taken.
    if (at > outside.now()) return { next: [strikeFor(incident)] };
    return { report: { type: 'checkUpdate' } };
  },
});

/** Without a next step it runs at once and ends the plan that was there. */
export function strikeFor(incident: Incident): Effect {
  const runAt = nextStep(incident);
  return {
    kind: strike.kind,
    key: `remind:${incident.id}`,
    incident: incident.id,
    lane: 'channel',
    gate: 'none',
    payload: { incident: incident.id },
    ...(runAt && { runAt }),
  };
}

const Told = z.object({ incident: z.string(), person: z.string(), due: z.date() });

/** Composed when it goes out: a promise that was kept meanwhile needs no reminder. */
const toPerson =
  (message: (incident: Incident, due: Date, outside: Outside) => Pick<Post, 'text' | 'blocks'>) =>
  async ({ incident: id, person, due }: z.infer<typeof Told>, outside: Outside): Promise<Post | undefined> => {
    const incident = await incidentOf(outside, id);
    if (incident.nextUpdateDue?.getTime() !== due.getTime()) return undefined;
    return { channel: await whereToTell(outside, person, incident), ...message(incident, due, outside) };
  };

export const remind = definePost('updates.remind', Told, {
  purpose: 'remind somebody that an update is due',
  compose: toPerson((incident, due, { policy, now }) => reminderMessage(incident, due, policy, now())),
});

export const escalate = definePost('updates.escalate', Told, {
  purpose: 'tell the commander that an update is overdue',
  compose: toPerson(escalationMessage),
});

function toldOf(kind: string, what: string, incident: Incident, person: string, due: Date): Effect {
  return {
    kind,
    key: `${what}:${incident.id}`,
    incident: incident.id,
    lane: 'channel',
    gate: `tell:${person}`,
    payload: { incident: incident.id, person, due },
  };
}

export const reminderTo = (incident: Incident, person: string, due: Date): Effect =>
  toldOf(remind.kind, 'reminder', incident, person, due);

export const escalationTo = (incident: Incident, person: string, due: Date): Effect =>
  toldOf(escalate.kind, 'escalation', incident, person, due);
