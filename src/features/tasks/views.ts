import type { KnownBlock, ModalView } from '@slack/types';
import type { Incident, Task } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { longestTask } from '../../incident/task-commands.ts';
import {
  actions,
  button,
  context,
  cut,
  escape,
  field,
  type Message,
  option,
  plain,
  section,
  time,
} from '../../slack/blocks.ts';
import { incidentName } from '../../slack/views.ts';

export const openTasks = ({ tasks }: Incident): Task[] => tasks.filter(({ done }) => !done);

/** For the headline: nothing while there is nothing to do. */
export function tasksLine(incident: Incident): string[] {
  const open = openTasks(incident).length;
  return open > 0 ? [`*Tasks* ${open} open`] : [];
}

/** `3. Restart the API · @ben · by 15:30`, safe for mrkdwn. */
export function taskLine({ number, text, owner, due }: Task, longest = 300): string {
  const facts = [owner && `<@${owner}>`, due && `by ${time(due)}`].filter(Boolean);
  return [`${number}. ${escape(cut(text.replace(/\s+/g, ' '), longest))}`, ...facts].join(' · ');
}

/** Slack takes 50 blocks in a message. */
const mostShown = 20;
const mostDone = 5;

/** `linkTo`: the address of a message. */
export function tasksMessage(incident: Incident, linkTo: (place: Task['source'] & object) => string): Message {
  const open = openTasks(incident);
  const done = incident.tasks.filter((task) => task.done);
  const text = open.length === 0 ? 'No open tasks' : `${open.length} open ${open.length === 1 ? 'task' : 'tasks'}`;
  return {
    text,
    blocks: [
      section(`*${text}* · ${incidentName(incident)}`),
      ...open.slice(0, mostShown).flatMap((task) => openTask(incident, task, linkTo)),
      ...(open.length > mostShown ? [context(`and ${open.length - mostShown} more`)] : []),
      ...(done.length > 0 ? [context(done.slice(-mostDone).map(doneLine).join('\n'))] : []),
      ...(isOver(incident) ? [] : [actions('tasks', [button('open-task', 'Add a task', incident.id)])]),
      context('`/incident task restart the API @ben by 15:30` · `task done 3` · `task 3 @ben`'),
    ],
  };
}

const doneLine = (task: Task) => `~${taskLine({ ...task, due: undefined }, 100)}~`;

function openTask(incident: Incident, task: Task, linkTo: (place: Task['source'] & object) => string): KnownBlock[] {
  const from = task.source ? ` · <${linkTo(task.source)}|message>` : '';
  const value = (what: string) => JSON.stringify([incident.id, task.number, what]);
  const choices: [string, string][] = [
    ['done', 'Done'],
    ['take', 'I take it'],
    ['edit', 'Edit'],
    ['drop', 'Drop'],
  ];
  return [
    {
      ...section(taskLine(task) + from),
      accessory: {
        type: 'overflow',
        action_id: 'task-menu',
        options: choices.map(([what, label]) => option(value(what), label)),
      },
    },
    ...(task.owner
      ? []
      : [
          actions(`task-${task.number}`, [
            button('task-take', 'I take it', value('take')),
            button('task-done', 'Done', value('done')),
          ]),
        ]),
  ];
}

export interface TaskDraft {
  /** The task that is edited; none: a new one. */
  task?: Task | undefined;
  text?: string;
  metadata: string;
  /** Asked from outside of an incident's channel: which one it belongs to. */
  choose?: Incident[];
}

export function taskModal(incident: Incident | undefined, { task, text, metadata, choose }: TaskDraft): ModalView {
  const written = task?.text ?? text ?? '';
  return {
    type: 'modal',
    callback_id: 'task',
    private_metadata: metadata,
    title: plain(task ? `Task ${task.number}` : 'Add a task'),
    submit: plain(task ? 'Save' : 'Add'),
    close: plain('Cancel'),
    blocks: [
      ...(incident ? [section(incidentName(incident))] : []),
      ...(choose ? [whichIncident(choose)] : []),
      field('text', 'What is to be done?', {
        type: 'plain_text_input',
        multiline: true,
        max_length: longestTask,
        ...(written && { initial_value: cut(written, longestTask) }),
      }),
      field(
        'owner',
        'Who does it?',
        { type: 'users_select', ...(task?.owner && { initial_user: task.owner }) },
        { optional: true },
      ),
      field(
        'due',
        'Until when?',
        { type: 'datetimepicker', ...(task?.due && { initial_date_time: Math.floor(task.due.getTime() / 1000) }) },
        { optional: true, hint: 'Whoever does it is reminded then, once, in private.' },
      ),
    ],
  };
}

export const whichIncident = (incidents: Incident[]): KnownBlock =>
  field('incident', 'Of which incident?', {
    type: 'static_select',
    options: incidents.slice(0, 100).map(({ id, number, title }) => option(id, `#${number} ${title}`)),
  });

export function taskNote(what: 'added' | 'changed' | 'done' | 'reopened', task: Task, by: string): Message {
  const words = {
    added: 'added a task',
    changed: 'changed a task',
    done: 'finished a task',
    reopened: 'reopened a task',
  };
  return {
    text: `Task ${task.number} ${what}: ${escape(cut(task.text, 200))}`,
    blocks: [section(`<@${by}> ${words[what]}: ${taskLine(task, longestTask)}`)],
  };
}

export const droppedNote = (number: number, by: string): Message => ({
  text: `Task ${number} dropped`,
  blocks: [section(`<@${by}> dropped task ${number}`)],
});

const privately = (incident: Incident, task: Task, words: string): Message => ({
  text: `${words}: ${escape(cut(task.text, 200))}`,
  blocks: [
    section(`${words} in ${incidentName(incident)}\n${taskLine(task, longestTask)}`),
    actions('task-mine', [
      button('task-done', 'Done', JSON.stringify([incident.id, task.number, 'done'])),
      button('open-tasks', 'All tasks', incident.id),
    ]),
  ],
});

export const givenMessage = (incident: Incident, task: Task, by: string): Message =>
  privately(incident, task, `<@${by}> gave you a task`);
export const dueMessage = (incident: Incident, task: Task): Message =>
  privately(incident, task, 'A task of yours is due');

/** `typed`: what stands after "by". */
export function notATime(typed: string, text: string): Message {
  return {
    text: 'I do not understand that time.',
    blocks: [
      section(`I do not understand the time *${escape(cut(typed, 60))}*, or it has passed. Nothing was added.`),
      context(`Try \`by 15:30\`, \`by tomorrow 9:00\` or \`in 20 minutes\`. You typed: ${escape(cut(text, 500))}`),
    ],
  };
}

export const unclearTask = (near: string): Message => ({
  text: `Did you mean \`/incident task ${near}\`? Nothing was changed.`,
});

export const noIncidentForTask: Message = {
  text: 'A task belongs to an incident, and none is open that you can see. `/incident` declares one.',
};
