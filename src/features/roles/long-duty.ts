import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { directChannel } from '../../slack/answer.ts';
import { duration } from '../../slack/blocks.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { longDutyMessage } from './messages.ts';

/** The one whose duty is watched: nobody else must keep deciding when tired. */
export const watchedRole = 'commander';

const minute = 60_000;

/** Looks whether the commander has been one for long, has them asked, and looks again when as much time has passed once more. */
export const watchDuty = defineEffect('roles.watch-duty', z.object({ incident: z.string() }), {
  async run({ incident: id }, outside: Outside) {
    const incident = await incidentOf(outside, id);
    const held = incident.roles[watchedRole];
    if (isOver(incident) || !held) return {};
    const long = outside.policy.reminders.longDuty * minute;
    // After a gap it is asked once, however often it should have been.
    const times = Math.floor((outside.now().getTime() - held.since.getTime()) / long);
    const again = new Date(held.since.getTime() + (times + 1) * long);
    return { next: [...(times > 0 ? [askForHandover(incident, held, times)] : []), watchDutyOf(incident, again)] };
  },
});

const Asked = z.object({ incident: z.string(), person: z.string() });

export const askAboutHandover = definePost('roles.long-duty', Asked, {
  compose: async ({ incident: id, person }, outside) => {
    const incident = await incidentOf(outside, id);
    const held = incident.roles[watchedRole];
    // A handover that waits is the answer already.
    if (isOver(incident) || held?.person !== person || incident.handovers[watchedRole]) return undefined;
    const since = duration(outside.now().getTime() - held.since.getTime());
    return {
      channel: await directChannel(outside, person),
      ...longDutyMessage(incident, watchedRole, since, outside.policy),
    };
  },
});

export const watchDutyOf = (incident: Incident, runAt?: Date): Effect => ({
  kind: watchDuty.kind,
  key: `duty:${incident.id}`,
  payload: { incident: incident.id },
  lane: 'cosmetic',
  gate: 'none',
  ...(runAt && { runAt }),
});

const askForHandover = (
  incident: Incident,
  { person, since }: { person: string; since: Date },
  times: number,
): Effect => ({
  kind: askAboutHandover.kind,
  key: `long-duty-${since.getTime()}-${times}:${incident.id}`,
  payload: { incident: incident.id, person },
  lane: 'cosmetic',
  gate: `tell:${person}`,
});
