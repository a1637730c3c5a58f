import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Outcome } from '../../desk.ts';
import { Declare } from '../../incident/commands.ts';
import type { Refusal } from '../../incident/decision.ts';
import { longestTitle } from '../../incident/fields.ts';
import type { Incident } from '../../incident/incident.ts';
import { denial, visibleTo } from '../../may.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { type FormAnswer, fieldErrors, onPress, onShortcut, onSubmit, type Submitted } from '../../slack/listen.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Call, Subcommand } from '../../slack/subcommand.ts';
import { readable } from '../../slack/text.ts';
import type { Reader } from '../../store/store.ts';
import { begunOf } from '../from-pagerduty/stands.ts';
import { Carried, Started } from '../from-pagerduty/started.ts';
import { refuseTwin, Twin } from '../from-pagerduty/twin.ts';
import { declaredAlready } from '../from-pagerduty/views.ts';
import { wokenAtOnce } from '../paging/woken.ts';
import { findSimilar } from './find-similar.ts';
import { followForm, Metadata, openedForm, rungBy, similarFor } from './open-form.ts';
import { type DeclareDraft, type DeclareMetadata, declareModal } from './views.ts';

export const declareSubcommand: Subcommand = {
  name: 'declare',
  usage: 'declare [what is wrong]',
  help: 'Declare an incident. Without a word, `/incident` does the same.',
  where: 'anywhere',
  run: (call, inside) => openDeclare(call, inside, { title: call.text, answerTo: call.delivery }),
};

export function listen(app: App, inside: Inside): void {
  onShortcut(app, 'declare', inside, (call) => openDeclare(call, inside, {}));
  onShortcut(app, 'declare-from-message', inside, (call, message) =>
    openDeclare(call, inside, {
      ...fromMessage(message?.text ?? ''),
      answerTo: call.delivery,
      ...(message && { source: { channel: message.channel, ts: message.ts } }),
    }),
  );
  // A press in App Home comes without a way to answer it: the confirmation is a direct message then.
  onPress(app, 'declare-this', inside, (call) =>
    openDeclare(call, inside, { title: call.text, ...(call.channel && { answerTo: call.delivery }) }),
  );

  onPress(app, 'declare-offered', inside, (call) => openOffered(call, inside));
  followForm(app, inside);
  onSubmit(app, 'declare', inside, (form) => declare(form, inside));
}

async function openDeclare(
  call: Call,
  inside: Inside,
  { title = '', summary = '', severity, services, ...carried }: Partial<DeclareDraft> & Partial<DeclareMetadata>,
): Promise<Reply> {
  const denied = denial(inside.policy, call.person, 'declare');
  if (denied) return { text: denialText(denied) };
  const similar = await similarFor(call.person, title, inside);
  const metadata: DeclareMetadata = { ...carried, seen: similar.map((incident) => incident.id) };
  const draft = { title, summary, ...(severity && { severity }), ...(services && { services }) };
  return openedForm({ ...draft, metadata, similar }, inside);
}

const OfferedValue = Started.extend({ severity: Declare.shape.severity.optional(), services: z.array(z.string()) });

/** What rings in PagerDuty, unless somebody was quicker. */
async function openOffered(call: Call, inside: Inside): Promise<Reply> {
  const { title, severity, services, ...offered } = OfferedValue.parse(JSON.parse(call.text));
  const denied = denial(inside.policy, call.person, 'declare');
  if (denied) return { text: denialText(denied) };
  const twin = await inside.store.read((tx) => tx.incidents.byPage(offered.id));
  if (twin) return { text: declaredAlready(twin, visibleTo(inside.policy, call.person)(twin)) };
  // The offer is everybody's: an answer to the press could take its place, so the confirmation is a direct message.
  return openDeclare(call, inside, {
    title,
    services,
    pager: Carried.parse(offered),
    ...(severity && { severity }),
  });
}

/** The first line of a message makes a title, the whole of it the first thing known. */
function fromMessage(text: string): { title: string; summary: string } {
  const said = readable(text);
  return { title: (said.split('\n')[0] ?? '').slice(0, longestTitle), summary: said };
}

/**
 * A form as Slack sends it; `kind` are the ticked boxes. Who says since when customers feel it says that they do, though "Not known"
 * was left as it stood.
 */
const Form = z
  .object({
    title: Declare.shape.title,
    severity: Declare.shape.severity,
    felt: z.enum(['yes', 'no', 'unknown']),
    since: z.date().optional(),
    services: z.array(z.string()).default([]),
    summary: Declare.shape.summary,
    kind: z.array(z.enum(['private', 'practice'])).default([]),
  })
  .transform(({ felt: said, since, kind, ...rest }) => {
    const felt = said === 'unknown' && since ? 'yes' : said;
    return {
      ...rest,
      impact: felt === 'yes' ? { felt, ...(since && { started: since }) } : { felt },
      isPrivate: kind.includes('private'),
      isPractice: kind.includes('practice'),
    };
  });

/** Under which field a refusal is said; what is not here is about times. */
const fieldOf: Partial<Record<Refusal, string>> = { 'unknown-service': 'services', 'practice-of-a-page': 'kind' };

const sentences = {
  title: `Say in a few words what is wrong, in at most ${longestTitle} characters.`,
  severity: 'Choose a severity.',
  felt: 'Choose one. "Not known" is fine.',
  summary: 'That is longer than Slack can show; shorten it a little.',
};

async function declare({ person, by, values, metadata }: Submitted, inside: Inside): Promise<FormAnswer> {
  const denied = denial(inside.policy, person, 'declare');
  if (denied) return { errors: { title: denialText(denied) } };
  const form = Form.safeParse(values);
  if (!form.success) return fieldErrors(form.error, sentences);

  const carried = Metadata.parse(JSON.parse(metadata));
  const { source, answerTo, pager } = carried;
  const begun = pager && (await begunOf(pager, inside));
  const command = Declare.parse({ type: 'declare', ...form.data, source, answerTo, begun });
  const outcome = await declareUnlessUnseen(command, { by, person, seen: carried.seen }, inside);
  if (Array.isArray(outcome)) {
    const metadata = { ...carried, seen: outcome.map((incident) => incident.id) };
    const draft = {
      title: '',
      summary: '',
      metadata,
      similar: outcome,
      woken: wokenAtOnce({ ...command, rung: rungBy(carried.pager) }, inside),
    };
    return { update: declareModal(draft, inside.policy) };
  }
  if ('twin' in outcome) {
    const said = declaredAlready(outcome.twin, visibleTo(inside.policy, person)(outcome.twin));
    return { errors: { title: said } };
  }
  if (!('refused' in outcome)) return undefined;
  const field = fieldOf[outcome.refused] ?? 'since';
  return { errors: { [field]: refusalText(outcome.refused) } };
}

/**
 * Two people type the same thing at once: the second sees the first one's incident before a twin is made. Looked for where declares
 * wait for one another, so that no other one can come in between.
 */
async function declareUnlessUnseen(
  command: Declare,
  { by, person, seen }: Pick<Submitted, 'by' | 'person'> & { seen: string[] },
  { desk, policy, now }: Inside,
): Promise<Outcome | Incident[] | { twin: Incident }> {
  const look = async (tx: Reader) => {
    if (command.begun) await refuseTwin(tx, command.begun.outside.id);
    const similar = await findSimilar(tx, command.title, visibleTo(policy, person), now());
    if (similar.some((incident) => !seen.includes(incident.id))) throw new Unseen(similar);
  };
  return desk.declare(command, by, look).catch((error: unknown) => {
    if (error instanceof Unseen) return error.similar;
    if (error instanceof Twin) return { twin: error.incident };
    throw error;
  });
}

/** Takes back the declaration that is about to be made. */
class Unseen extends Error {
  readonly similar: Incident[];
  constructor(similar: Incident[]) {
    super('similar incidents that the form did not show');
    this.similar = similar;
  }
}
