import * as z from 'zod';
import type { By } from '../../desk.ts';
import { AddFollowUp, ChangeFollowUp, DropFollowUp, longestFollowUp } from '../../incident/follow-up-commands.ts';
import { followUpDue } from '../../incident/follow-ups.ts';
import type { FollowUp, Incident, Place } from '../../incident/incident.ts';
import { endStatuses, openStatuses } from '../../incident/lifecycle.ts';
import { denial, type Person, sightOf } from '../../may.ts';
import { whyUnfit } from '../../slack/fit.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { type FormAnswer, fieldErrors, type Submitted } from '../../slack/listen.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Call } from '../../slack/subcommand.ts';
import { dateModal, dropModal, followUpModal } from './form-views.ts';
import { type Hint, hintsFor } from './hints.ts';
import { noIncidentForFollowUp } from './views.ts';

const may = 'workOnFollowUps';

/** Those that had something to learn from, also when they are over. */
export const withFollowUps = [...openStatuses, ...endStatuses.filter((one) => one === 'resolved' || one === 'closed')];

/** What a form carries. */
const Metadata = z.object({
  incident: z.string().optional(),
  here: z.boolean().default(false),
  number: z.number().optional(),
  source: z.object({ channel: z.string(), ts: z.string() }).optional(),
});
type Metadata = z.infer<typeof Metadata>;

interface Of {
  incident: Incident;
  here: boolean;
}

const followUpOf = ({ followUps }: Incident, number: number | undefined): FollowUp | undefined =>
  followUps.find((one) => one.number === number);

const dueOf = (incident: Incident, { now, policy }: Inside): Date => followUpDue(incident, now(), policy);

export function openNew(
  { incident, here }: Of,
  { text = '', source }: { text?: string; source?: Place },
  inside: Inside,
): Reply {
  const metadata = JSON.stringify({ incident: incident.id, here, ...(source && { source }) });
  return { open: followUpModal(incident, { text, due: dueOf(incident, inside), metadata }) };
}

const forms = {
  edit: (incident: Incident, followUp: FollowUp, metadata: string) => followUpModal(incident, { followUp, metadata }),
  date: dateModal,
  drop: dropModal,
};

/** Of one that is there: all of it, its date, or why it is dropped. */
export function openOn({ incident, here }: Of, number: number, form: keyof typeof forms): Reply {
  const followUp = followUpOf(incident, number);
  if (!followUp) return { text: refusalText('no-such-follow-up') };
  return { open: forms[form](incident, followUp, JSON.stringify({ incident: incident.id, here, number })) };
}

/** From a message in another channel: which incident it belongs to is asked in the form. */
export async function openForMessage(call: Call, inside: Inside, source: Place, text: string): Promise<Reply> {
  const { store, policy } = inside;
  const denied = denial(policy, call.person, may);
  if (denied) return { text: denialText(denied) };
  const incident = await store.read((tx) => tx.incidents.byChannel(source.channel));
  if (incident) {
    const refused = denial(policy, call.person, may, incident, { here: true });
    return refused ? { text: denialText(refused) } : openNew({ incident, here: true }, { text, source }, inside);
  }
  const which = { sight: sightOf(policy, call.person), statuses: withFollowUps, limit: 100 };
  const choose = await store.read((tx) => tx.incidents.page(which));
  if (choose.length === 0) return noIncidentForFollowUp;
  return { open: followUpModal(undefined, { text, choose, metadata: JSON.stringify({ source }) }) };
}

const Form = AddFollowUp.pick({ text: true, kind: true, priority: true, proof: true }).extend({
  incident: z.string().optional(),
  owner: z.string().optional(),
  due: z.date().optional(),
});
type Form = z.infer<typeof Form>;

const sentences = {
  text: `Say in a few words what is to be done, in at most ${longestFollowUp} characters.`,
  incident: 'Choose the incident it belongs to.',
  proof: 'Say it in at most 3,000 characters.',
};

/** The incident that a form is about, and whether this person may; else under which field to say why not. */
async function allowed(
  person: Person,
  { incident: id, here }: { incident: string | undefined; here: boolean },
  field: string,
  { store, policy }: Inside,
): Promise<Incident | { errors: Record<string, string> }> {
  const incident = id === undefined ? undefined : await store.read((tx) => tx.incidents.load(id));
  const denied = incident ? denial(policy, person, may, incident, { here }) : 'not-invited';
  return !incident || denied ? { errors: { [field]: denialText(denied ?? 'not-invited') } } : incident;
}

export async function submitFollowUp({ person, by, values, metadata }: Submitted, inside: Inside): Promise<FormAnswer> {
  const form = Form.safeParse(values);
  if (!form.success) return fieldErrors(form.error, sentences);
  const carried = Metadata.parse(JSON.parse(metadata));
  const about = { incident: carried.incident ?? form.data.incident, here: carried.here };
  const incident = await allowed(person, about, 'text', inside);
  if ('errors' in incident) return incident;
  const problem = form.data.owner && (await whyUnfit(form.data.owner, inside));
  if (problem) return { errors: { owner: problem } };
  return carried.number === undefined
    ? add(incident, form.data, carried, by, inside)
    : change(incident, carried.number, form.data, by, inside);
}

/** Kept at once; what would make it better is shown in the same form, which now changes it. */
async function add(
  incident: Incident,
  form: Form,
  { source, here }: Metadata,
  by: By,
  inside: Inside,
): Promise<FormAnswer> {
  const { incident: _, ...rest } = form;
  const command = AddFollowUp.parse({ type: 'addFollowUp', ...rest, ...(source && { source }) });
  const outcome = await inside.desk.handle(incident.id, command, by);
  if ('refused' in outcome) return { errors: { text: refusalText(outcome.refused) } };
  const [made] = outcome.events.flatMap((event) => (event.type === 'followUpAdded' ? [event.number] : []));
  const followUp = followUpOf(outcome.incident, made);
  if (!followUp) return undefined;
  const hints = hintsOf(outcome.incident, followUp, form.due, inside);
  const metadata = JSON.stringify({ incident: incident.id, here, number: followUp.number });
  return hints.length > 0 ? { update: followUpModal(incident, { followUp, hints, metadata }) } : undefined;
}

/** The date is judged where somebody chose it. */
export function hintsOf(incident: Incident, followUp: FollowUp, chosen: Date | undefined, inside: Inside): Hint[] {
  return hintsFor(followUp, chosen ? { agreed: dueOf(incident, inside) } : {});
}

async function change(incident: Incident, number: number, form: Form, by: By, inside: Inside): Promise<FormAnswer> {
  const { incident: _, owner, ...rest } = form;
  const command = ChangeFollowUp.parse({ type: 'changeFollowUp', number, ...rest, owner: owner ?? null });
  // The form that added it is the form that changes it: what was answered to the one is no answer to the other.
  const { form: __, ...once } = by;
  const outcome = await inside.desk.handle(incident.id, command, once);
  if (!('refused' in outcome) || outcome.refused === 'nothing-to-change') return undefined;
  return { errors: { text: refusalText(outcome.refused) } };
}

const Dated = z.object({ due: z.date() });

export async function submitDate({ person, by, values, metadata }: Submitted, inside: Inside): Promise<FormAnswer> {
  const form = Dated.safeParse(values);
  if (!form.success) return { errors: { due: 'Choose a date.' } };
  const { number = 0, here, incident: id } = Metadata.parse(JSON.parse(metadata));
  const incident = await allowed(person, { incident: id, here }, 'due', inside);
  if ('errors' in incident) return incident;
  if (form.data.due <= inside.now()) return { errors: { due: 'That has passed. Until when will it be done?' } };
  const command = { type: 'changeFollowUp', number, due: form.data.due } as const;
  const outcome = await inside.desk.handle(incident.id, command, by);
  if (!('refused' in outcome) || outcome.refused === 'nothing-to-change') return undefined;
  return { errors: { due: refusalText(outcome.refused) } };
}

export async function submitDrop({ person, by, values, metadata }: Submitted, inside: Inside): Promise<FormAnswer> {
  const { number, here, incident: id } = Metadata.parse(JSON.parse(metadata));
  const command = DropFollowUp.safeParse({ type: 'dropFollowUp', number, ...values });
  if (!command.success) return { errors: { reason: sentences.proof } };
  const incident = await allowed(person, { incident: id, here }, 'reason', inside);
  if ('errors' in incident) return incident;
  const outcome = await inside.desk.handle(incident.id, command.data, by);
  return 'refused' in outcome ? { errors: { reason: refusalText(outcome.refused) } } : undefined;
}
