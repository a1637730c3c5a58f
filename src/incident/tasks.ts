import type { Decision } from './decision.ts';
import type { EventOf } from './events.ts';
import type { Incident, Task } from './incident.ts';
import { isOver } from './lifecycle.ts';
import type { AddTask, ChangeTask, DropTask, FinishTask, ReopenTask } from './task-commands.ts';

const same = (one: Task['source'], other: Task['source']) => one?.ts === other?.ts && one?.channel === other?.channel;

/** One message makes one task, however many people react to it. */
export function addTask(incident: Incident, { type: _, ...asked }: AddTask): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (asked.source && incident.tasks.some((task) => same(task.source, asked.source))) return { events: [] };
  return { events: [{ type: 'taskAdded', number: incident.taskCount + 1, ...asked }] };
}

/** Who does it, until when, and how it reads. */
export function changeTask(incident: Incident, { number, ...change }: ChangeTask): Decision {
  const task = taskOf(incident, number);
  if (!task) return { refused: 'no-such-task' };
  const { type: _, ...wished } = change;
  const isNews =
    (wished.text !== undefined && wished.text !== task.text) ||
    (wished.owner !== undefined && wished.owner !== (task.owner ?? null)) ||
    (wished.due !== undefined && wished.due?.getTime() !== task.due?.getTime());
  return isNews ? { events: [{ type: 'taskChanged', number, ...wished }] } : { refused: 'nothing-to-change' };
}

export function finishTask(incident: Incident, { number }: FinishTask): Decision {
  const task = taskOf(incident, number);
  if (!task) return { refused: 'no-such-task' };
  return task.done ? { refused: 'nothing-to-change' } : { events: [{ type: 'taskFinished', number }] };
}

export function reopenTask(incident: Incident, { number }: ReopenTask): Decision {
  const task = taskOf(incident, number);
  if (!task) return { refused: 'no-such-task' };
  return task.done ? { events: [{ type: 'taskReopened', number }] } : { refused: 'nothing-to-change' };
}

export function dropTask(incident: Incident, { number }: DropTask): Decision {
  const task = taskOf(incident, number);
  if (!task) return { refused: 'no-such-task' };
  return { events: [{ type: 'taskDropped', number, ...(task.source && { source: task.source }) }] };
}

const taskOf = (incident: Incident, number: number) => incident.tasks.find((task) => task.number === number);

export const withTask = (incident: Incident, number: number, change: (task: Task) => Task) =>
  incident.tasks.map((task) => (task.number === number ? change(task) : task));

export function changedTask(task: Task, { text, owner, due }: EventOf<'taskChanged'>): Task {
  return {
    ...task,
    ...(text !== undefined && { text }),
    ...(owner !== undefined && { owner: owner ?? undefined }),
    ...(due !== undefined && { due: due ?? undefined }),
  };
}
