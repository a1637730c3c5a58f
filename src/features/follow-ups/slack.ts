import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Command } from '../../incident/commands.ts';
import {
  AddFollowUp,
  ChangeFollowUp,
  DropFollowUp,
  longestFollowUp,
  ReportTicket,
} from '../../incident/follow-up-commands.ts';
import type { Incident } from '../../incident/incident.ts';
import { denial, type Person } from '../../may.ts';
import { whyUnfit } from '../../slack/fit.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { onPress, onShortcut, onSubmit } from '../../slack/listen.ts';
import { carryOut, pressedOn } from '../../slack/on-incident.ts';
import { permalink } from '../../slack/outside.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Call, IncidentCall, Subcommand } from '../../slack/subcommand.ts';
import { readable } from '../../slack/text.ts';
import { readDue } from '../tasks/due.ts';
import {
  hintsOf,
  openForMessage,
  openNew,
  openOn,
  submitDate,
  submitDrop,
  submitFollowUp,
  withFollowUps,
} from './forms.ts';
import { afterPress, carriedMessage, hintsMessage } from './messages.ts';
import { followUpsMessage, notADate, notATicket, unclearFollowUp } from './views.ts';
import { type Asked, readFollowUp, ticketAt } from './words.ts';

const may = 'workOnFollowUps';

export const followUpSubcommand: Subcommand = {
  name: 'followup',
  aliases: ['followups', 'follow-up', 'follow-ups'],
  usage: 'followup [what] [@who] [by Friday]',
  help: 'Add a follow-up, or show those there are; `followup done 3` finishes one, `followup 3 @ben` gives it to somebody.',
  where: 'incident',
  statuses: withFollowUps,
  async run(call, inside) {
    const asked = readFollowUp(call.text, call.mentions);
    switch (asked.what) {
      case 'list':
        return listOf(call.incident, inside);
      case 'unclear':
        return unclearFollowUp(asked.near);
      case 'too-long':
        return openNew(call, { text: asked.text }, inside);
      case 'add':
      case 'change':
        return planned(call, asked, inside);
      case 'ticket':
        return ticketed(call, asked.number, asked.url, inside);
      case 'edit':
        return openOn(call, asked.number, 'edit');
      default:
        return onOne(
          call,
          commandOn(asked.number, asked.what, call.person, 'reason' in asked ? asked.reason : ''),
          inside,
        );
    }
  },
};

const listOf = (incident: Incident, { identity, now }: Inside, from = 0): Reply =>
  followUpsMessage(incident, now(), (place) => permalink(identity(), place), from);

async function planned(call: IncidentCall, asked: Asked & { what: 'add' | 'change' }, inside: Inside): Promise<Reply> {
  const due = asked.due === undefined ? undefined : readDue(asked.due, inside.now(), call.person.zone, inside.policy);
  if (asked.due !== undefined && !due) return notADate(asked.due, call.text);
  const problem = asked.owner && (await whyUnfit(asked.owner, inside));
  if (problem) return { text: problem };
  const facts = { ...(asked.owner && { owner: asked.owner }), ...(due && { due }) };
  if (asked.what === 'change')
    return carryOut(
      call,
      ChangeFollowUp.parse({ type: 'changeFollowUp', number: asked.number, ...facts }),
      may,
      inside,
    );
  const add = AddFollowUp.safeParse({ type: 'addFollowUp', text: asked.text, ...facts });
  return add.success ? added(call, add.data, inside) : openNew(call, {}, inside);
}

/** Everybody reads in the channel that it is there; what would make it better only who wrote it. */
async function added(call: IncidentCall, command: AddFollowUp, inside: Inside): Promise<Reply> {
  const denied = denial(inside.policy, call.person, may, call.incident, call);
  if (denied) return { text: denialText(denied) };
  const outcome = await inside.desk.handle(call.incident.id, command, call.by);
  if ('refused' in outcome) return { text: refusalText(outcome.refused) };
  const made = outcome.events.length > 0 ? outcome.incident.followUps.at(-1) : undefined;
  const hints = made ? hintsOf(outcome.incident, made, command.due, inside) : [];
  return made && hints.length > 0 ? hintsMessage(outcome.incident, made, hints) : undefined;
}

async function ticketed(call: IncidentCall, number: number, url: string, inside: Inside): Promise<Reply> {
  const command = ReportTicket.safeParse({ type: 'reportTicket', number, ticket: ticketAt(url) });
  if (!command.success) return notATicket;
  if (!call.incident.followUps.some((one) => one.number === number)) return { text: refusalText('no-such-follow-up') };
  return carryOut(call, command.data, may, inside);
}

type OnOne = 'done' | 'reopen' | 'drop' | 'take';

function commandOn(number: number, what: OnOne, person: Person, reason = ''): Command {
  switch (what) {
    case 'done':
      return { type: 'finishFollowUp', number };
    case 'reopen':
      return { type: 'reopenFollowUp', number };
    case 'drop':
      return DropFollowUp.parse({ type: 'dropFollowUp', number, reason: reason.slice(0, 3000) });
    case 'take':
      return { type: 'changeFollowUp', number, owner: person.id };
  }
}

async function onOne(call: IncidentCall, command: Command, inside: Inside): Promise<Reply> {
  const problem = command.type === 'changeFollowUp' && (await whyUnfit(call.person.id, inside));
  return problem ? { text: problem } : carryOut(call, command, may, inside);
}

const Chosen = z.tuple([
  z.string(),
  z.number(),
  z.enum(['done', 'take', 'edit', 'date', 'drop', 'reopen']),
  z.number(),
]);
const Turned = z.tuple([z.string(), z.number()]);

/** What takes the place of the message in which somebody pressed: the list, a line, or in App Home nothing, which renews itself. */
type Afterwards = (incident: Incident, number: number, what: OnOne, from: number) => Reply;

const words: Record<OnOne, string> = { done: 'Done', take: 'It is yours', reopen: 'Reopened', drop: 'Dropped' };

export function listen(app: App, inside: Inside): void {
  const afterwards: Record<string, Afterwards> = {
    'follow-up-menu': (incident, _, __, from) => listOf(incident, inside, from),
    'follow-up-home': () => undefined,
    'follow-up-done': (incident, number, what) => afterPress(incident, number, words[what]),
    'follow-up-take': (incident, number, what) => afterPress(incident, number, words[what]),
  };
  for (const [action, after] of Object.entries(afterwards))
    onPress(app, action, inside, (call) => chosen(call, after, inside), { replace: true });
  for (const action of ['follow-up-date', 'follow-up-edit'])
    onPress(app, action, inside, (call) => chosen(call, () => undefined, inside));

  onPress(app, 'open-follow-ups', inside, async (call) => {
    const pressed = await pressedOn(call, 'see', inside);
    return typeof pressed === 'string' ? { text: pressed } : listOf(pressed.incident, inside);
  });
  onPress(app, 'open-follow-up', inside, async (call) => {
    const pressed = await pressedOn(call, may, inside);
    return typeof pressed === 'string' ? { text: pressed } : openNew(pressed, {}, inside);
  });
  for (const action of ['follow-ups-more', 'follow-ups-back'])
    onPress(app, action, inside, (call) => turned(call, inside), { replace: true });
  onPress(app, 'carry-over', inside, (call) => carriedOver(call, inside), { replace: true });

  onSubmit(app, 'follow-up', inside, (form) => submitFollowUp(form, inside));
  onSubmit(app, 'follow-up-date', inside, (form) => submitDate(form, inside));
  onSubmit(app, 'follow-up-drop', inside, (form) => submitDrop(form, inside));

  onShortcut(app, 'make-follow-up', inside, async (call, message) => {
    if (!message) return undefined;
    const { text, ...source } = message;
    return openForMessage(call, inside, source, readable(text).slice(0, longestFollowUp));
  });
}

async function chosen(call: Call, after: Afterwards, inside: Inside): Promise<Reply> {
  const [id, number, what, from] = Chosen.parse(JSON.parse(call.text));
  const pressed = await pressedOn({ ...call, text: id }, may, inside);
  if (typeof pressed === 'string') return { text: pressed };
  if (what === 'edit' || what === 'date' || what === 'drop') return openOn(pressed, number, what);
  const reply = await onOne({ ...call, ...pressed }, commandOn(number, what, call.person), inside);
  if (reply) return reply;
  const now = await inside.store.read((tx) => tx.incidents.load(id));
  return now && after(now, number, what, from);
}

async function turned(call: Call, inside: Inside): Promise<Reply> {
  const [id, from] = Turned.parse(JSON.parse(call.text));
  const pressed = await pressedOn({ ...call, text: id }, 'see', inside);
  return typeof pressed === 'string' ? { text: pressed } : listOf(pressed.incident, inside, from);
}

async function carriedOver(call: Call, inside: Inside): Promise<Reply> {
  const pressed = await pressedOn(call, may, inside);
  if (typeof pressed === 'string') return { text: pressed };
  const { id } = pressed.incident;
  const outcome = await inside.desk.handle(id, { type: 'carryOverTasks' }, call.by);
  if (!('refused' in outcome)) return carriedMessage(outcome.incident, outcome.events.length);
  return outcome.refused === 'nothing-to-change'
    ? carriedMessage(outcome.incident, 0)
    : { text: refusalText(outcome.refused) };
}
