import type { App } from '@slack/bolt';
import * as z from 'zod';
import { ChangeTimeline } from '../../incident/timeline-commands.ts';
import { denial } from '../../may.ts';
import { answerTo } from '../../slack/answer.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { type FormAnswer, fieldErrors, onPress, onSubmit, type Submitted } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Call } from '../../slack/subcommand.ts';
import { type Line, readTimeline } from './read.ts';
import { showTimeline } from './show.ts';
import { changeModal, goneText, written } from './views.ts';

const may = 'editTimeline';

/** The entry that a button is beside, and the page it stands on. */
const Chosen = z.tuple([z.string(), z.string(), z.number(), z.boolean()]);

/** With the press that opened it: the page under the form shows the change. */
const Metadata = z.object({
  incident: z.string(),
  here: z.boolean(),
  entry: z.string(),
  start: z.number(),
  hidden: z.boolean(),
  delivery: z.string(),
});

const Form = z.object({
  text: ChangeTimeline.shape.text,
  at: z.date(),
  shown: z.enum(['shown', 'hidden']),
  reason: ChangeTimeline.shape.reason,
});
type Form = z.infer<typeof Form>;

const sentences = {
  text: 'Say what happened, in at most 3,000 characters.',
  reason: 'Say in a sentence why, at most 3,000 characters.',
};

export function listenToChanges(app: App, inside: Inside): void {
  onPress(app, 'timeline-edit', inside, (call) => open(call, inside));
  onSubmit(app, 'change-timeline', inside, (submitted) => save(submitted, inside));
}

async function open(call: Call, inside: Inside): Promise<Reply> {
  const [id, entry, start, hidden] = Chosen.parse(JSON.parse(call.text));
  const pressed = await pressedOn({ ...call, text: id }, may, inside);
  if (typeof pressed === 'string') return { text: pressed };
  const { incident, here } = pressed;
  const line = await lineAt(inside, id, entry);
  if (!line) return { text: goneText };
  const metadata = { incident: id, here, entry, start, hidden, delivery: call.delivery };
  return { open: changeModal(incident, line, JSON.stringify(metadata)) };
}

async function lineAt({ store }: Inside, id: string, entry: string): Promise<Line | undefined> {
  return store.read(async (tx) => {
    const incident = await tx.incidents.load(id);
    return incident && (await readTimeline(tx, incident)).find((line) => line.id === entry);
  });
}

async function save({ person, by, values, metadata }: Submitted, inside: Inside): Promise<FormAnswer> {
  const { incident: id, here, entry, start, hidden, delivery } = Metadata.parse(JSON.parse(metadata));
  const form = Form.safeParse(values);
  if (!form.success) return fieldErrors(form.error, sentences);
  const incident = await inside.store.read((tx) => tx.incidents.load(id));
  const denied = incident ? denial(inside.policy, person, may, incident, { here }) : 'not-invited';
  if (!incident || denied) return { errors: { text: denialText(denied ?? 'not-invited') } };
  const line = await lineAt(inside, id, entry);
  if (!line) return { errors: { text: goneText } };
  const command = { type: 'changeTimeline' as const, entry, ...changesIn(form.data, line), reason: form.data.reason };
  const outcome = await inside.desk.handle(id, command, by);
  if ('refused' in outcome) return { errors: { [refusedAt[outcome.refused] ?? 'text']: refusalText(outcome.refused) } };
  const message = await showTimeline({ incident, here, person }, { start, hidden }, inside);
  await inside.enqueue([answerTo(delivery, message, { replace: true })]);
  return undefined;
}

const refusedAt: Record<string, string> = { 'reason-needed': 'reason', 'time-in-the-future': 'at' };

/** A picker knows minutes: whoever leaves it alone does not cut the seconds off. */
const minute = (at: Date) => Math.floor(at.getTime() / 60_000);

/** Only what somebody changed. */
function changesIn({ text, at, shown }: Form, line: Line): Pick<ChangeTimeline, 'text' | 'at' | 'hidden'> {
  const hidden = shown === 'hidden';
  return {
    ...(text !== undefined && text !== written(line).trim() && { text }),
    ...(minute(at) !== minute(line.at) && { at }),
    ...(hidden !== (line.hidden ?? false) && { hidden }),
  };
}
