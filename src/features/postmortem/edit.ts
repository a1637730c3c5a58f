import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { denial } from '../../may.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { type FormAnswer, onPress, onSubmit, type Submitted } from '../../slack/listen.ts';
import { pressedOn } from '../../slack/on-incident.ts';
import { denialText } from '../../slack/refusals.ts';
import { clashModal, editModal, longestInForm, pointedModal, tooLongForForm } from './edit-views.ts';
import { whyNotWritten } from './not-written.ts';
import { peopleOf } from './people.ts';
import { pointedAt } from './pointed.ts';
import { type Draft, sections } from './sections.ts';
import { noPostmortem } from './views.ts';
import { weakFollowUps } from './weak-follow-ups.ts';
import { type Written, write } from './write.ts';

/** What the forms carry. `base`: the revision that the writer sees in it. */
const Metadata = z.object({ incident: z.string(), here: z.boolean(), section: z.string(), base: z.number() });
type Metadata = z.infer<typeof Metadata>;

const may = 'writePostmortem';

export const draftsOf = ({ id }: Pick<Incident, 'id'>, { store, policy }: Inside): Promise<Draft[]> =>
  store.read(async (tx) => {
    const incident = await tx.incidents.load(id);
    return incident ? sections(tx, incident, policy) : [];
  });

export function openSection(incident: Incident, here: boolean, draft: Draft): Reply {
  if (!incident.postmortem) return noPostmortem(incident);
  if (incident.postmortem.status === 'published') return { text: whyNotWritten('postmortem-published') };
  if (draft.text.length > longestInForm) return tooLongForForm(draft);
  const metadata: Metadata = { incident: incident.id, here, section: draft.key, base: draft.revision };
  return { open: editModal(incident, draft, JSON.stringify(metadata)) };
}

const Pressed = z.tuple([z.string(), z.string()]);
const Form = z.object({ text: z.string().default('') });
const Choice = Form.extend({ choice: z.enum(['mine', 'theirs', 'both']) });

export function listenToEditing(app: App, inside: Inside): void {
  onPress(app, 'edit-postmortem', inside, async (call) => {
    const [id, section] = Pressed.parse(JSON.parse(call.text));
    const pressed = await pressedOn({ ...call, text: id }, may, inside);
    if (typeof pressed === 'string') return { text: pressed };
    const draft = (await draftsOf(pressed.incident, inside)).find(({ key }) => key === section);
    return draft ? openSection(pressed.incident, pressed.here, draft) : { text: whyNotWritten('no-such-section') };
  });

  onSubmit(app, 'postmortem-section', inside, async (form) => {
    const metadata = Metadata.parse(JSON.parse(form.metadata));
    return save(form, metadata, Form.parse(form.values).text, inside);
  });

  onSubmit(app, 'postmortem-clash', inside, async (form) => {
    const metadata = Metadata.parse(JSON.parse(form.metadata));
    const { text, choice } = Choice.parse(form.values);
    if (choice === 'theirs') return undefined;
    if (choice === 'mine') return save(form, metadata, text, inside);
    // Together with the one that this writer saw; if there is a newer one by now, they are asked once more.
    const theirs = await inside.store.read((tx) => tx.postmortemTexts.revisions(metadata.incident, metadata.section));
    const seen = theirs.find(({ revision }) => revision === metadata.base)?.text ?? '';
    return save(form, metadata, `${seen.trimEnd()}\n\n${text}`, inside);
  });
}

/** A form that was opened in the channel is from there, as with every other. */
async function save(
  { person }: Submitted,
  { incident: id, here, section, base }: Metadata,
  text: string,
  inside: Inside,
): Promise<FormAnswer> {
  const { store, transact, policy, now } = inside;
  const incident = await store.read((tx) => tx.incidents.load(id));
  const denied = incident ? denial(policy, person, may, incident, { here }) : 'not-invited';
  if (denied) return { errors: { text: denialText(denied) } };
  const { written, title } = await transact(async (tx) => ({
    written: await write(tx, { incident: id, section, text, base, by: person.id }, policy, now()),
    title: incident ? titleIn(await sections(tx, incident, policy), section) : section,
  }));
  const answer = answerTo(written, title, text, { incident: id, here, section, base });
  if (answer || !incident) return answer;
  const pointed = pointedAt(text, incident, await namesIn(incident, inside));
  const weak = weakFollowUps(section, text, incident);
  return pointed.length + weak.length > 0 ? { update: pointedModal(title, { pointed, weak }) } : undefined;
}

/** As far as they are remembered: who sends a form does not wait for Slack to say who people are. */
async function namesIn(incident: Incident, { store, people }: Inside): Promise<string[]> {
  const ids = await store.read((tx) => peopleOf(tx, incident));
  return ids.flatMap((id) => people.remembered(id)?.name ?? []);
}

const titleIn = (drafts: Draft[], section: string): string =>
  drafts.find(({ key }) => key === section)?.title ?? section;

function answerTo(written: Written, title: string, text: string, metadata: Metadata): FormAnswer {
  if ('clash' in written) {
    const next: Metadata = { ...metadata, base: written.clash.revision };
    return { update: clashModal(title, written.clash, text, JSON.stringify(next)) };
  }
  // Saved a second time, as when the answer to the first was lost, it is saved.
  if ('saved' in written || written.refused === 'nothing-to-change') return undefined;
  return { errors: { text: whyNotWritten(written.refused) } };
}
