import type { Feature } from '../../feature.ts';
import type { Incident, Task } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Effect } from '../../outbox/effect.ts';
import { inviteTo } from '../channel/furnish.ts';
import { noteIn } from '../channel/note.ts';
import { markFinished, markKept, taskWish } from './reaction.ts';
import { givenTo, reminderOf, remindOfTask, tellOwner } from './remind.ts';
import { listen, taskSubcommand } from './slack.ts';
import { droppedNote, taskNote } from './views.ts';

/** What is to be done while the incident runs: from a command, a form, a message or a reaction. */
export const tasks: Feature = {
  name: 'tasks',
  subcommands: [taskSubcommand],
  listeners: (app, inside) => {
    listen(app, inside);
    taskWish.listen(app, inside);
  },
  tray: [
    { action: 'open-task', label: 'Add a task', group: 'work', may: 'workOnTasks', when: (one) => !isOver(one) },
    { action: 'open-tasks', label: 'Tasks', group: 'work', may: 'see', when: ({ tasks: all }) => all.length > 0 },
  ],
  wishes: [taskWish],
  effects: [remindOfTask, tellOwner],
  reactions: {
    taskAdded: ({ number, source }, incident, by) =>
      on(incident, number, (task) => [
        noteIn(incident, 'task', taskNote('added', task, by)),
        ...given(incident, task, by),
        ...planned(incident, task),
        ...(source ? [markKept(incident, source, true)] : []),
      ]),
    taskChanged: ({ number, owner, due }, incident, by) =>
      on(incident, number, (task) => [
        noteIn(incident, 'task', taskNote('changed', task, by)),
        ...(owner ? given(incident, task, by) : []),
        ...(due ? planned(incident, task) : []),
      ]),
    taskFinished: ({ number }, incident, by) =>
      on(incident, number, (task) => [
        noteIn(incident, 'task', taskNote('done', task, by)),
        ...(task.source ? [markFinished(incident, task.source, true)] : []),
      ]),
    taskReopened: ({ number }, incident, by) =>
      on(incident, number, (task) => [
        noteIn(incident, 'task', taskNote('reopened', task, by)),
        ...planned(incident, task),
        ...(task.source ? [markFinished(incident, task.source, false)] : []),
      ]),
    taskDropped: ({ number, source }, incident, by) => [
      noteIn(incident, 'task', droppedNote(number, by)),
      ...(source ? [markKept(incident, source, false), markFinished(incident, source, false)] : []),
    ],
  },
};

function on({ tasks: all }: Incident, number: number, effects: (task: Task) => Effect[]): Effect[] {
  const task = all.find((one) => one.number === number);
  return task ? effects(task) : [];
}

/** Whoever takes it knows; whoever is given it is told, and can see where. */
function given(incident: Incident, task: Task, by: string): Effect[] {
  const { owner } = task;
  if (!owner || owner === by) return [];
  const isIn = incident.members.includes(owner) || !incident.channel;
  return [givenTo(incident, task, owner, by), ...(isIn ? [] : [inviteTo(incident, owner)])];
}

const planned = (incident: Incident, task: Task): Effect[] => (task.due ? [reminderOf(incident, task, task.due)] : []);
