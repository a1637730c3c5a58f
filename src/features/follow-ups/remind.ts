import * as z from 'zod';
import type { FollowUp, Incident } from '../../incident/incident.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { directChannel } from '../../slack/answer.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { dueMessage } from './messages.ts';
import { nextReminder } from './schedule.ts';
import { whoSeesToIt } from './who.ts';

const About = z.object({ incident: z.string(), number: z.number() });

export const openFollowUp = (incident: Incident, number: number): FollowUp | undefined =>
  incident.followUps.find((one) => one.number === number && !one.done);

/** Puts the next reminder into the outbox, by how the follow-up and the policy stand now. */
export const planReminder = defineEffect('follow-ups.plan', About, {
  async run({ incident: id, number }, outside: Outside): Promise<Done> {
    const incident = await incidentOf(outside, id);
    const followUp = openFollowUp(incident, number);
    // Practice leaves nobody with work.
    if (!followUp || incident.isPractice) return {};
    const moment = nextReminder(followUp.due, outside.now(), outside.policy);
    return { next: [reminderOf(incident, number, { due: followUp.due, moment })] };
  },
});

/** `planned`: for which date, and when. Without it there is nothing to remind of any more. */
const Moment = About.extend({ planned: z.object({ due: z.date(), moment: z.date() }).optional() });

/** The moment has come. One that was done, dropped or given another date meanwhile is left alone. */
export const remindOfFollowUp = defineEffect('follow-ups.remind', Moment, {
  async run({ incident: id, number, planned }, outside: Outside): Promise<Done> {
    const incident = await incidentOf(outside, id);
    const followUp = planned && openFollowUp(incident, number);
    if (!followUp) return {};
    const asPlanned = followUp.due.getTime() === planned.due.getTime();
    return { next: [...(asPlanned ? [telling(incident, number, planned.moment)] : []), planOf(incident, number)] };
  },
});

/** In private, with what can be done about it. */
export const tellOfDue = definePost('follow-ups.due', About, {
  compose: async ({ incident: id, number }, outside) => {
    const incident = await incidentOf(outside, id);
    const followUp = openFollowUp(incident, number);
    const person = followUp && (await whoSeesToIt(incident, followUp, outside));
    if (!followUp || !person) return undefined;
    const channel = await directChannel(outside, person);
    return { channel, ...dueMessage(incident, followUp, person, outside.now()) };
  },
});

const orderOf = (incident: Incident, number: number) => `follow-up:${incident.id}:${number}`;

/** One after the other, so that the newest plan is the last. */
export const planOf = (incident: Incident, number: number): Effect => ({
  kind: planReminder.kind,
  key: `follow-up-plan-${number}:${incident.id}`,
  incident: incident.id,
  payload: { incident: incident.id, number },
  lane: 'cosmetic',
  gate: 'none',
  orderKey: orderOf(incident, number),
});

/** The same row while it waits: a new date moves it, and without a plan it runs at once and is gone. */
export const reminderOf = (incident: Incident, number: number, planned?: { due: Date; moment: Date }): Effect => ({
  kind: remindOfFollowUp.kind,
  key: `follow-up-${number}:${incident.id}`,
  incident: incident.id,
  payload: { incident: incident.id, number, ...(planned && { planned }) },
  lane: 'cosmetic',
  gate: 'none',
  ...(planned && { runAt: planned.moment }),
});

/** Once for each moment. */
const telling = (incident: Incident, number: number, moment: Date): Effect => ({
  kind: tellOfDue.kind,
  key: `follow-up-due-${number}-${moment.getTime()}:${incident.id}`,
  incident: incident.id,
  payload: { incident: incident.id, number },
  lane: 'channel',
  gate: `tell-follow-up:${incident.id}:${number}`,
});
