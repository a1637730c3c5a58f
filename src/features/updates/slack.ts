import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { writerOf } from '../../incident/reminders.ts';
import { ClaimUpdate, PostUpdate, RequestUpdate, SnoozeUpdate } from '../../incident/update-commands.ts';
import { denial } from '../../may.ts';
import { answerTo } from '../../slack/answer.ts';
import type { Message } from '../../slack/blocks.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { onPress, type Submitted } from '../../slack/listen.ts';
import { carryOut, type IncidentForm, listenToForm, openForm, pressedOn } from '../../slack/on-incident.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Call, Subcommand } from '../../slack/subcommand.ts';
import { listenToPreview } from './preview.ts';
import {
  askedAlready,
  askedMessage,
  claimedMessage,
  readPromise,
  snoozedMessage,
  youWriteIt,
} from './reminder-views.ts';
import { filledIn } from './template.ts';
import { updateModal } from './views.ts';

const sentences = { text: 'Write a sentence or two, at most 3,000 characters.', next: 'Choose one from the list.' };

/** The form as Slack sends it: `usual` is what the policy says, so it is left to the rules. */
const UpdateForm = z
  .object({ text: z.string().default(''), next: z.string().default('usual') })
  .transform(({ text, next }) => ({ text, ...(next !== 'usual' && { nextInMinutes: Number(next) }) }));

export function readUpdate(values: Submitted['values'], { policy }: Pick<Inside, 'policy'>) {
  const { text, ...next } = UpdateForm.parse(values);
  return PostUpdate.safeParse({ type: 'postUpdate', text: filledIn(text, policy.updateTemplate), ...next });
}

const form: IncidentForm = {
  name: 'update',
  whileOpen: false,
  modal: (incident, { policy, now }, typed) => updateModal(incident, policy, now(), typed),
  command: (values, _, inside) => readUpdate(values, inside),
  action: () => 'postUpdate',
  sentences,
  refusedAt: () => 'text',
};

export const updateSubcommand: Subcommand = {
  name: 'update',
  usage: 'update [what people should know]',
  help: 'Post an update here and to everybody who follows.',
  where: 'incident',
  async run(call, inside) {
    if (!call.text) return openForm(form, call, inside);
    const command = PostUpdate.safeParse({ type: 'postUpdate', text: call.text });
    // Too long: the form shows what fits, so that nothing has to be typed again.
    return command.success ? carryOut(call, command.data, 'postUpdate', inside) : openForm(form, call, inside);
  },
};

export const askSubcommand: Subcommand = {
  name: 'ask',
  usage: 'ask [what you need to know]',
  help: 'Ask for an update; whoever writes them hears of it.',
  where: 'incident',
  async run(call, inside) {
    const denied = denial(inside.policy, call.person, 'requestUpdate', call.incident, call);
    return denied ? { text: denialText(denied) } : ask(call, call.incident, call.text, inside);
  },
};

async function ask(call: Call, incident: Incident, question: string, inside: Inside): Promise<Message> {
  const command = RequestUpdate.safeParse({ type: 'requestUpdate', person: call.person.id, question });
  if (!command.success) return { text: 'Ask it in at most 3,000 characters.' };
  if (!isOver(incident) && writerOf(incident) === call.person.id) return youWriteIt(incident);
  const outcome = await inside.desk.handle(incident.id, command.data, call.by);
  if (!('refused' in outcome)) return askedMessage(outcome.incident);
  return outcome.refused === 'asked-already' ? askedAlready(outcome.incident) : { text: refusalText(outcome.refused) };
}

export function listen(app: App, inside: Inside): void {
  listenToForm(app, inside, form);
  listenToPreview(app, inside, readUpdate);

  onPress(app, 'ask-update', inside, async (call): Promise<Reply> => {
    const pressed = await pressedOn(call, 'requestUpdate', inside);
    return typeof pressed === 'string' ? { text: pressed } : ask(call, pressed.incident, '', inside);
  });

  onPress(app, 'snooze-update', inside, (call) => {
    const snooze = (due: Date | undefined) =>
      SnoozeUpdate.parse({ type: 'snoozeUpdate', minutes: inside.policy.reminders.snooze, due });
    const said = (incident: Incident) => snoozedMessage(incident, incident.reminder?.remindAt ?? inside.now());
    return onReminder(call, inside, snooze, said);
  });

  onPress(app, 'claim-update', inside, (call) => {
    const claim = (due: Date | undefined) => ClaimUpdate.parse({ type: 'claimUpdate', person: call.person.id, due });
    return onReminder(call, inside, claim, claimedMessage);
  });
}

/** A press under a reminder: what came of it takes the reminder's place, and so does that it is about nothing any more. */
async function onReminder(
  call: Call,
  inside: Inside,
  command: (due: Date | undefined) => SnoozeUpdate | ClaimUpdate,
  said: (incident: Incident) => Message,
): Promise<Reply> {
  const { id, due } = readPromise(call.text);
  const pressed = await pressedOn({ ...call, text: id }, 'postUpdate', inside);
  if (typeof pressed === 'string') return { text: pressed };
  const outcome = await inside.desk.handle(id, command(due), call.by);
  const message = 'refused' in outcome ? { text: refusalText(outcome.refused) } : said(outcome.incident);
  await inside.enqueue([answerTo(call.delivery, message, { replace: true })]);
  return undefined;
}
