import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { By } from '../../desk.ts';
import type { Command } from '../../incident/commands.ts';
import type { Incident, Place } from '../../incident/incident.ts';
import { isOver, openStatuses } from '../../incident/lifecycle.ts';
import { AddTask, ChangeTask, longestTask } from '../../incident/task-commands.ts';
import { denial, type Person, sightOf } from '../../may.ts';
import { whyUnfit } from '../../slack/fit.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { type FormAnswer, fieldErrors, onPress, onShortcut, onSubmit } from '../../slack/listen.ts';
import { carryOut, pressedOn } from '../../slack/on-incident.ts';
import { permalink } from '../../slack/outside.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Call, IncidentCall, Subcommand } from '../../slack/subcommand.ts';
import { readable } from '../../slack/text.ts';
import { readDue } from './due.ts';
import { noIncidentForTask, notATime, taskModal, tasksMessage, unclearTask } from './views.ts';
import { type Asked, readTask } from './words.ts';

const may = 'workOnTasks';

export const taskSubcommand: Subcommand = {
  name: 'task',
  usage: 'task [what] [@who] [by 15:30]',
  help: 'Add a task, or show those there are; `task done 3` finishes one, `task 3 @ben` gives it to somebody.',
  where: 'incident',
  async run(call, inside) {
    const asked = readTask(call.text, call.mentions);
    switch (asked.what) {
      case 'list':
        return listOf(call.incident, inside);
      case 'unclear':
        return unclearTask(asked.near);
      case 'too-long':
        return openTask(call, { text: asked.text });
      case 'add':
      case 'change':
        return planned(call, asked, inside);
      default:
        return onTask(call, asked.number, asked.what, inside);
    }
  },
};

const listOf = (incident: Incident, { identity }: Inside): Reply =>
  tasksMessage(incident, (place) => permalink(identity(), place));

async function planned(call: IncidentCall, asked: Asked & { what: 'add' | 'change' }, inside: Inside): Promise<Reply> {
  const due = asked.due === undefined ? undefined : readDue(asked.due, inside.now(), call.person.zone, inside.policy);
  if (asked.due !== undefined && !due) return notATime(asked.due, call.text);
  const problem = asked.owner && (await whyUnfit(asked.owner, inside));
  if (problem) return { text: problem };
  const facts = { ...(asked.owner && { owner: asked.owner }), ...(due && { due }) };
  if (asked.what === 'change')
    return carryOut(call, { type: 'changeTask', number: asked.number, ...facts }, may, inside);
  const add = AddTask.safeParse({ type: 'addTask', text: asked.text, ...facts });
  return add.success ? carryOut(call, add.data, may, inside) : openTask(call, {});
}

type OnOne = (Asked & { number: number })['what'] & ('done' | 'reopen' | 'drop' | 'take' | 'edit');

function commandOn(number: number, what: Exclude<OnOne, 'edit'>, person: Person): Command {
  switch (what) {
    case 'done':
      return { type: 'finishTask', number };
    case 'reopen':
      return { type: 'reopenTask', number };
    case 'drop':
      return { type: 'dropTask', number };
    case 'take':
      return { type: 'changeTask', number, owner: person.id };
  }
}

async function onTask(call: IncidentCall, number: number, what: OnOne, inside: Inside): Promise<Reply> {
  if (what === 'edit') return openTask(call, { number });
  const problem = what === 'take' && (await whyUnfit(call.person.id, inside));
  if (problem) return { text: problem };
  return carryOut(call, commandOn(number, what, call.person), may, inside);
}

/** What the form carries. */
const Metadata = z.object({
  incident: z.string().optional(),
  here: z.boolean().default(false),
  number: z.number().optional(),
  source: z.object({ channel: z.string(), ts: z.string() }).optional(),
});

interface Opening {
  text?: string;
  number?: number;
  source?: Place;
}

function openTask({ incident, here }: IncidentCall, { text = '', ...rest }: Opening): Reply {
  const task = incident.tasks.find(({ number }) => number === rest.number);
  if (rest.number !== undefined && !task) return { text: refusalText('no-such-task') };
  if (!task && isOver(incident)) return { text: refusalText('incident-over') };
  const metadata = JSON.stringify({ incident: incident.id, here, ...rest });
  return { open: taskModal(incident, { task, text, metadata }) };
}

/** From a message in another channel: which incident it belongs to is asked in the form. */
async function openForMessage(call: Call, inside: Inside, source: Place, text: string): Promise<Reply> {
  const { store, policy } = inside;
  const denied = denial(policy, call.person, may);
  if (denied) return { text: denialText(denied) };
  const here = await store.read((tx) => tx.incidents.byChannel(source.channel));
  if (here) return openTask({ ...call, incident: here, here: true }, { text, source });
  const sight = sightOf(policy, call.person);
  const choose = await store.read((tx) => tx.incidents.page({ sight, statuses: openStatuses, limit: 100 }));
  if (choose.length === 0) return noIncidentForTask;
  return { open: taskModal(undefined, { text, choose, metadata: JSON.stringify({ source }) }) };
}

const Form = z.object({
  incident: z.string().optional(),
  text: AddTask.shape.text,
  owner: z.string().optional(),
  due: z.date().optional(),
});
type Form = z.infer<typeof Form>;

const sentences = {
  text: `Say in a few words what is to be done, in at most ${longestTask} characters.`,
  incident: 'Choose the incident it belongs to.',
};

async function submitted(
  person: Person,
  by: By,
  form: Form,
  metadata: z.infer<typeof Metadata>,
  inside: Inside,
): Promise<FormAnswer> {
  const { incident: id = form.incident, number, source, here } = metadata;
  const incident = id === undefined ? undefined : await inside.store.read((tx) => tx.incidents.load(id));
  if (!incident) return { errors: { text: denialText('not-invited') } };
  const denied = denial(inside.policy, person, may, incident, { here });
  if (denied) return { errors: { text: denialText(denied) } };
  const problem = form.owner && (await whyUnfit(form.owner, inside));
  if (problem) return { errors: { owner: problem } };
  const { text, owner, due } = form;
  const command: Command =
    number === undefined
      ? { type: 'addTask', text, ...(owner && { owner }), ...(due && { due }), ...(source && { source }) }
      : ChangeTask.parse({ type: 'changeTask', number, text, owner: owner ?? null, due: due ?? null });
  const outcome = await inside.desk.handle(incident.id, command, by);
  if (!('refused' in outcome) || outcome.refused === 'nothing-to-change') return undefined;
  return { errors: { text: refusalText(outcome.refused) } };
}

const Chosen = z.tuple([z.string(), z.number(), z.enum(['done', 'take', 'edit', 'drop'])]);

export function listen(app: App, inside: Inside): void {
  onPress(app, 'open-tasks', inside, async (call) => {
    const pressed = await pressedOn(call, 'see', inside);
    return typeof pressed === 'string' ? { text: pressed } : listOf(pressed.incident, inside);
  });
  onPress(app, 'open-task', inside, async (call) => {
    const pressed = await pressedOn(call, may, inside);
    return typeof pressed === 'string' ? { text: pressed } : openTask({ ...call, ...pressed }, {});
  });

  for (const action of ['task-menu', 'task-take', 'task-done'])
    onPress(
      app,
      action,
      inside,
      async (call) => {
        const [id, number, what] = Chosen.parse(JSON.parse(call.text));
        const pressed = await pressedOn({ ...call, text: id }, may, inside);
        if (typeof pressed === 'string') return { text: pressed };
        const reply = await onTask({ ...call, ...pressed }, number, what, inside);
        if (reply) return reply;
        const now = await inside.store.read((tx) => tx.incidents.load(id));
        return now && listOf(now, inside);
      },
      { replace: true },
    );

  onSubmit(app, 'task', inside, async ({ person, by, values, metadata }) => {
    const form = Form.safeParse(values);
    if (!form.success) return fieldErrors(form.error, sentences);
    return submitted(person, by, form.data, Metadata.parse(JSON.parse(metadata)), inside);
  });

  onShortcut(app, 'make-task', inside, async (call, message) => {
    if (!message) return undefined;
    const { text, ...source } = message;
    return openForMessage(call, inside, source, readable(text).slice(0, longestTask));
  });
}
