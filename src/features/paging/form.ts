import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { By } from '../../desk.ts';
import { Declare } from '../../incident/commands.ts';
import { longestTitle } from '../../incident/fields.ts';
import type { Incident } from '../../incident/incident.ts';
import { isOver, openStatuses } from '../../incident/lifecycle.ts';
import { AskPage } from '../../incident/page-commands.ts';
import { denial, type Person, visibleTo } from '../../may.ts';
import { whyUnfit } from '../../slack/fit.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { type FormAnswer, fieldErrors, onPress, onSubmit, type Submitted } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Call } from '../../slack/subcommand.ts';
import { accountOf } from './accounts.ts';
import { dutyLine } from './duty.ts';
import { dutyPreview, none, pageModal } from './form-views.ts';
import { tooMany } from './limit.ts';
import { notSetUp } from './on-call.ts';

const Metadata = z.object({ incident: z.string().optional(), here: z.boolean().default(false) });

interface Draft {
  target?: string | undefined;
  person?: string | undefined;
  why?: string;
}

/** `about`: the incident it is for; outside of one it is asked in the form. */
export async function openPageForm(
  call: Call,
  about: { incident: Incident; here: boolean } | undefined,
  draft: Draft,
  inside: Inside,
): Promise<Reply> {
  const { policy } = inside;
  const { person } = call;
  const denied = denial(policy, person, 'page', about?.incident, about);
  if (denied) return { text: denialText(denied) };
  if (Object.keys(policy.paging.targets).length === 0) return { text: notSetUp };
  if (about && isOver(about.incident)) return { text: refusalText('incident-over') };
  if (about?.incident.isPractice) return { text: refusalText('practice-pages-nobody') };
  const metadata = JSON.stringify(about ? { incident: about.incident.id, here: about.here } : {});
  const choose = about ? undefined : await choosable(person, inside);
  return { open: pageModal(about?.incident, { ...draft, metadata, choose }, policy) };
}

async function choosable(person: Person, { store, policy }: Inside): Promise<Incident[]> {
  const open = await store.read((tx) => tx.incidents.list({ statuses: openStatuses }));
  return open.filter((incident) => !incident.isPractice && visibleTo(policy, person)(incident));
}

const Form = z
  .object({
    'page-incident': z.string().optional(),
    'page-target': z.string().optional(),
    'page-person': z.string().optional(),
    'page-why': AskPage.shape.why,
  })
  .transform((form) => ({
    incident: form['page-incident'],
    target: form['page-target'],
    person: form['page-person'],
    why: form['page-why'],
  }));

const sentences = { 'page-why': 'Say in a few words why you need them: it is the first thing they read.' };

async function submitted({ person, by, values, metadata }: Submitted, inside: Inside): Promise<FormAnswer> {
  const read = Form.safeParse(values);
  if (!read.success) return fieldErrors(read.error, sentences);
  const form = read.data;
  const carried = Metadata.parse(JSON.parse(metadata));
  const id = carried.incident ?? (form.incident === none ? undefined : form.incident);
  const incident = id === undefined ? undefined : await inside.store.read((tx) => tx.incidents.load(id));
  const wrong = (text: string, at = 'page-why'): FormAnswer => ({ errors: { [at]: text } });
  if (id !== undefined && !incident) return wrong(denialText('not-invited'));
  const denied = denial(inside.policy, person, 'page', incident, carried);
  if (denied) return wrong(denialText(denied));
  const limited = await tooMany(person, incident, inside);
  if (limited) return wrong(limited);

  const whom = whomOf(form);
  if ('problem' in whom) return wrong(whom.problem, 'page-target');
  const unfit = 'person' in whom && (await whyNot(whom.person, inside));
  if (unfit) return wrong(unfit, 'page-person');

  const begun = incident ?? (await begin(form.why, by, inside));
  if (!begun)
    return wrong('This could not begin an incident. Declare one with `/incident`, and page from its channel.');
  const asking = { ...by, ...(incident ? {} : { delivery: undefined, form: `${by.form}:page` }) };
  const outcome = await inside.desk.handle(begun.id, { type: 'askPage', whom, why: form.why }, withoutGaps(asking));
  return 'refused' in outcome ? wrong(refusalText(outcome.refused), 'page-target') : undefined;
}

type Whom = AskPage['whom'] | { problem: string };

function whomOf({ target, person }: { target?: string | undefined; person?: string | undefined }): Whom {
  if (target && person) return { problem: 'Choose one of the two: a team, or a person.' };
  if (target) return { target };
  return person ? { person } : { problem: 'Choose a team, or one person below.' };
}

/** Why a person cannot be paged. While PagerDuty does not answer nobody is turned away: what comes of it is shown. */
async function whyNot(person: string, inside: Inside): Promise<string | undefined> {
  const unfit = await whyUnfit(person, inside);
  if (unfit) return unfit;
  if (!inside.paging?.onCall)
    return 'One person can only be paged with a PagerDuty token, and none is set. Choose a team.';
  try {
    if (await accountOf(person, inside)) return undefined;
  } catch (err) {
    inside.log.warn({ err }, 'could not look for an account at PagerDuty');
    return undefined;
  }
  return 'I find no PagerDuty account with their e-mail, so nothing would ring. Choose their team, or call them.';
}

/** Nothing is known but why: it begins as the mildest, and nobody knows yet whether customers feel it. */
async function begin(why: string, by: By, { desk }: Inside): Promise<Incident | undefined> {
  const command = Declare.parse({
    type: 'declare',
    title: why.slice(0, longestTitle),
    severity: 'sev4',
    impact: { felt: 'unknown' },
  });
  const outcome = await desk.declare(command, by);
  return 'refused' in outcome ? undefined : outcome.incident;
}

const withoutGaps = ({
  person,
  delivery,
  form,
}: {
  person: string;
  delivery?: string | undefined;
  form?: string;
}): By => ({
  person,
  ...(delivery !== undefined && { delivery }),
  ...(form !== undefined && { form }),
});

export function listenToForm(app: App, inside: Inside): void {
  for (const action of ['open-page', 'page-other'])
    onPress(app, action, inside, async (call) => {
      const pressed = await pressedOn(call, 'page', inside);
      return typeof pressed === 'string' ? { text: pressed } : openPageForm(call, pressed, {}, inside);
    });

  // Who would be woken is shown as soon as somebody chooses; what else was filled in stays, for the names of the fields do.
  onPress(app, 'page-target', inside, async (call, { body }) => {
    const target = inside.policy.paging.targets[call.text];
    if (body.view?.callback_id !== 'page' || call.late || !target) return undefined;
    const metadata = body.view.private_metadata;
    const { incident: id } = Metadata.parse(JSON.parse(metadata));
    const incident = id ? await inside.store.read((tx) => tx.incidents.load(id)) : undefined;
    if (denial(inside.policy, call.person, 'page', incident, { here: true })) return undefined;
    const duty = dutyPreview(target.name, await dutyLine(target, inside));
    const choose = id ? undefined : await choosable(call.person, inside);
    const view = pageModal(incident, { target: call.text, duty, metadata, choose }, inside.policy);
    await inside.slack
      .call('views.update', { view_id: body.view.id, hash: body.view.hash, view })
      .catch((err: unknown) => inside.log.info({ err }, 'the form moved on before it could show who is on call'));
    return undefined;
  });

  onSubmit(app, 'page', inside, (form) => submitted(form, inside));
}
