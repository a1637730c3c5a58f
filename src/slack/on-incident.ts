import type { App, BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import * as z from 'zod';
import type { Command } from '../incident/commands.ts';
import type { Refusal } from '../incident/decision.ts';
import type { Incident } from '../incident/incident.ts';
import { isOver } from '../incident/lifecycle.ts';
import { type Action, denial, type Person } from '../may.ts';
import type { Inside, Reply } from './inside.ts';
import { fieldErrors, onPress, onSubmit, type Submitted } from './listen.ts';
import { denialText, refusalText } from './refusals.ts';
import type { Call, IncidentCall } from './subcommand.ts';

/** The incident that a button carries and whether it was pressed in its own channel; or the sentence that says why not. */
export async function pressedOn(
  call: Call,
  action: Action,
  inside: Inside,
): Promise<{ incident: Incident; here: boolean } | string> {
  const incident = await inside.store.read((tx) => tx.incidents.load(call.text));
  if (!incident) return denialText('not-invited');
  const here = call.channel !== undefined && call.channel === incident.channel?.id;
  const denied = denial(inside.policy, call.person, action, incident, { here });
  return denied ? denialText(denied) : { incident, here };
}

/** A command typed on an incident: asked for permission, carried out, and a refusal said. Success shows by itself. */
export async function carryOut(call: IncidentCall, command: Command, action: Action, inside: Inside): Promise<Reply> {
  const denied = denial(inside.policy, call.person, action, call.incident, call);
  if (denied) return { text: denialText(denied) };
  const outcome = await inside.desk.handle(call.incident.id, command, call.by);
  return 'refused' in outcome ? { text: refusalText(outcome.refused) } : undefined;
}

/** What a form about an incident carries; Slack gives it back as it was. */
const Metadata = z.object({ incident: z.string(), here: z.boolean() });

/** The incident of a form; `here`: it was opened in the channel by somebody who has not left it since. */
async function formOn(
  metadata: string,
  person: Person,
  { store }: Inside,
): Promise<{ incident: Incident; here: boolean } | undefined> {
  const { incident: id, here } = Metadata.parse(JSON.parse(metadata));
  return store.read(async (tx) => {
    const incident = await tx.incidents.load(id);
    if (!incident) return undefined;
    // Slack may not have told yet that somebody joined; that they left is what counts.
    if (!here || !incident.isPrivate || incident.members.includes(person.id)) return { incident, here };
    const left = await tx.record.of(id, ['personLeft']);
    return { incident, here: !left.some(({ event }) => event.type === 'personLeft' && event.person === person.id) };
  });
}

/** The same for a button inside such a form. */
export async function pressedInForm(
  call: Call,
  { view }: BlockAction,
  action: Action,
  inside: Inside,
): Promise<{ incident: Incident; here: boolean } | string> {
  const about = await formOn(view?.private_metadata ?? '', call.person, inside);
  const denied = about ? denial(inside.policy, call.person, action, about.incident, about) : 'not-invited';
  return !about || denied ? denialText(denied ?? 'not-invited') : about;
}

export interface IncidentForm {
  /** The form's callback id. The button that opens it is `open-<name>`. */
  name: string;
  /** Nothing is left to fill in once the incident is over: whoever presses an old button is told so at once. */
  whileOpen: boolean;
  /** Why else there is nothing to fill in now. */
  refuses?: (incident: Incident) => Refusal | undefined;
  /** `typed`: what came after the sub-command; empty where a button was pressed. */
  modal: (incident: Incident, inside: Inside, typed: string) => Omit<ModalView, 'callback_id' | 'private_metadata'>;
  /** What the filled form asks for; an error is shown under the field it names. */
  command: (
    values: Submitted['values'],
    incident: Incident,
    inside: Inside,
  ) => { success: true; data: Command } | { success: false; error: z.ZodError };
  action: (command: Command, incident: Incident) => Action;
  /** What is said about a field that does not fit. */
  sentences: Record<string, string>;
  /** The field under which a refusal appears. */
  refusedAt: (refusal: Refusal) => string;
  /** What only a look at somebody else can tell, such as whether people named can do it: a sentence for each field. */
  check?: (command: Command, inside: Inside) => Promise<Record<string, string> | undefined>;
}

export function openForm(
  form: IncidentForm,
  { incident, here, text = '' }: { incident: Incident; here: boolean; text?: string },
  inside: Inside,
): Reply {
  const refused = form.whileOpen && isOver(incident) ? 'incident-over' : form.refuses?.(incident);
  if (refused) return { text: refusalText(refused) };
  const metadata = JSON.stringify({ incident: incident.id, here });
  return { open: { ...form.modal(incident, inside, text), callback_id: form.name, private_metadata: metadata } };
}

/** The button that opens the form, and what happens when it is submitted. */
export function listenToForm(app: App, inside: Inside, form: IncidentForm): void {
  onPress(app, `open-${form.name}`, inside, async (call) => {
    const pressed = await pressedOn(call, 'see', inside);
    return typeof pressed === 'string' ? { text: pressed } : openForm(form, pressed, inside);
  });
  listenToSubmission(app, inside, form);
}

export function listenToSubmission(app: App, inside: Inside, form: IncidentForm): void {
  onSubmit(app, form.name, inside, async ({ person, by, values, metadata }) => {
    const about = await formOn(metadata, person, inside);
    const [anyField = ''] = Object.keys(values);
    if (!about) return { errors: { [anyField]: denialText('not-invited') } };
    const { incident } = about;
    const command = form.command(values, incident, inside);
    if (!command.success) return fieldErrors(command.error, form.sentences);
    const denied = denial(inside.policy, person, form.action(command.data, incident), incident, about);
    if (denied) return { errors: { [anyField]: denialText(denied) } };
    const problems = (await form.check?.(command.data, inside)) ?? {};
    if (Object.keys(problems).length > 0) return { errors: problems };
    const outcome = await inside.desk.handle(incident.id, command.data, by);
    return 'refused' in outcome
      ? { errors: { [form.refusedAt(outcome.refused)]: refusalText(outcome.refused) } }
      : undefined;
  });
}
