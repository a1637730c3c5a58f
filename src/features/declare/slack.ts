import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Outcome } from '../../desk.ts';
import { Declare } from '../../incident/commands.ts';
import { longestTitle } from '../../incident/fields.ts';
import type { Incident } from '../../incident/incident.ts';
import { denial, visibleTo } from '../../may.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { type FormAnswer, fieldErrors, onPress, onShortcut, onSubmit, type Submitted } from '../../slack/listen.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Call, Subcommand } from '../../slack/subcommand.ts';
import { readable } from '../../slack/text.ts';
import type { Reader } from '../../store/store.ts';
import { wokenAtOnce } from '../paging/woken.ts';
import { findSimilar } from './find-similar.ts';
import { followForm, Metadata, openedForm, similarFor } from './open-form.ts';
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

  followForm(app, inside);
  onSubmit(app, 'declare', inside, (form) => declare(form, inside));
}

async function openDeclare(
  call: Call,
  inside: Inside,
  { title = '', summary = '', ...carried }: Partial<DeclareDraft> & Partial<DeclareMetadata>,
): Promise<Reply> {
  const denied = denial(inside.policy, call.person, 'declare');
  if (denied) return { text: denialText(denied) };
  const similar = await similarFor(call.person, title, inside);
  const metadata: DeclareMetadata = { ...carried, seen: similar.map((incident) => incident.id) };
  return openedForm({ title, summary, metadata, similar }, inside);
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
  const { source, answerTo } = carried;
  const command = Declare.parse({ type: 'declare', ...form.data, source, answerTo });
  const outcome = await declareUnlessUnseen(command, { by, person, seen: carried.seen }, inside);
  if (Array.isArray(outcome)) {
    const metadata = { ...carried, seen: outcome.map((incident) => incident.id) };
    const draft = { title: '', summary: '', metadata, similar: outcome, woken: wokenAtOnce(command, inside) };
    return { update: declareModal(draft, inside.policy) };
  }
  if (!('refused' in outcome)) return undefined;
  const field = outcome.refused === 'unknown-service' ? 'services' : 'since';
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
): Promise<Outcome | Incident[]> {
  const look = async (tx: Reader) => {
    const similar = await findSimilar(tx, command.title, visibleTo(policy, person), now());
    if (similar.some((incident) => !seen.includes(incident.id))) throw new Unseen(similar);
  };
  return desk.declare(command, by, look).catch((error: unknown) => {
    if (error instanceof Unseen) return error.similar;
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
