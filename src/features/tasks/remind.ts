import * as z from 'zod';
import type { Incident, Task } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Effect } from '../../outbox/effect.ts';
import { directChannel } from '../../slack/answer.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf } from '../../slack/outside.ts';
import { dueMessage, givenMessage } from './views.ts';

const Payload = z.object({ incident: z.string(), number: z.number() });

const openTask = (incident: Incident, number: number): Task | undefined =>
  isOver(incident) ? undefined : incident.tasks.find((task) => task.number === number && !task.done);

/** In private, to whoever does it, else to whoever wanted it done. Nothing when it is done, dropped, or due later by now. */
export const remindOfTask = definePost('tasks.remind', Payload, {
  compose: async ({ incident: id, number }, outside) => {
    const incident = await incidentOf(outside, id);
    const task = openTask(incident, number);
    if (!task?.due || task.due > outside.now()) return undefined;
    return { channel: await directChannel(outside, task.owner ?? task.by), ...dueMessage(incident, task) };
  },
});

/** The same row while it waits: a task whose time changes is reminded of at the new one, once. */
export const reminderOf = (incident: Incident, { number, owner, by }: Task, due: Date): Effect => ({
  kind: remindOfTask.kind,
  key: `task:${incident.id}:${number}`,
  incident: incident.id,
  payload: { incident: incident.id, number },
  lane: 'channel',
  gate: `tell:${owner ?? by}`,
  runAt: due,
});

export const tellOwner = definePost('tasks.given', Payload.extend({ owner: z.string(), by: z.string() }), {
  compose: async ({ incident: id, number, owner, by }, outside) => {
    const incident = await incidentOf(outside, id);
    const task = openTask(incident, number);
    // Somebody else's by now.
    if (task?.owner !== owner) return undefined;
    return { channel: await directChannel(outside, owner), ...givenMessage(incident, task, by) };
  },
});

export const givenTo = (incident: Incident, { number }: Task, owner: string, by: string): Effect => ({
  kind: tellOwner.kind,
  key: `task-given:${incident.id}:${number}:${owner}`,
  incident: incident.id,
  payload: { incident: incident.id, number, owner, by },
  lane: 'channel',
  gate: `tell:${owner}`,
});
