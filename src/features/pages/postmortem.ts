import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { namesOf } from '../../slack/names.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Reader } from '../../store/store.ts';
import type { PageContext, Pages } from '../../web/pages.ts';
import { fields } from '../../web/sign-in.ts';
import { notThere } from '../../web/site.ts';
import { whyNotWritten } from '../postmortem/not-written.ts';
import { peopleOf } from '../postmortem/people.ts';
import { type Given, readDocument } from '../postmortem/read.ts';
import { type Draft, sections } from '../postmortem/sections.ts';
import { longestSection, type Written, write } from '../postmortem/write.ts';
import { linker } from './links.ts';
import { editorPage, postmortemPage, previewed } from './postmortem-view.ts';
import { previewOf } from './preview.ts';
import type { Seeing } from './seen.ts';

/** What is asked of a section by its form. */
const Sent = z.object({ text: z.string().max(longestSection), base: z.coerce.number().int().nonnegative() });

const Step = z.discriminatedUnion('step', [
  z.object({ step: z.literal('review') }),
  z.object({ step: z.literal('publish') }),
  z.object({ step: z.literal('reopen'), reason: z.string().trim().min(1).max(300) }),
]);

/** The postmortem: read as it is now, written section by section. */
export function postmortemPages(seeing: Seeing, pages: Pages) {
  const { store, people, policy, identity, now, desk } = pages;

  async function given(incident: Incident): Promise<Given> {
    const names = await namesOf(people, await store.read((tx) => peopleOf(tx, incident)));
    return { names, policy, now: now(), link: linker(identity) };
  }

  /** The incident, for who may write its postmortem. */
  async function writable(c: PageContext): Promise<{ incident: Incident } | { answer: Response }> {
    const incident = await seeing.incident(c);
    if (!incident?.postmortem) return { answer: await c.html(notThere(c.get('visitor')), 404) };
    const denied = seeing.denied(c, 'writePostmortem', incident);
    return denied ? { answer: await show(c, incident, denialText(denied), 403) } : { incident };
  }

  async function show(c: PageContext, incident: Incident, problem?: string, status: 200 | 403 | 409 = 200) {
    const known = await given(incident);
    const document = await store.read((tx) => readDocument(tx, incident, known));
    const mayWrite = !seeing.denied(c, 'writePostmortem', incident);
    return c.html(postmortemPage({ document, mayWrite, visitor: c.get('visitor'), problem }), status);
  }

  const draftOf = async (tx: Reader, incident: Incident, key: string | undefined): Promise<Draft | undefined> =>
    (await sections(tx, incident, policy)).find((one) => one.key === key);

  /** The editor with a text in it: the section's own, or one that could not be saved. */
  async function editor(
    c: PageContext,
    incident: Incident,
    {
      text: mine,
      problem,
      clash,
    }: { text?: string; problem?: string; clash?: Extract<Written, { clash: unknown }>['clash'] } = {},
  ) {
    const known = await given(incident);
    const found = await store.read(async (tx) => {
      const draft = await draftOf(tx, incident, c.req.param('section'));
      const text = mine ?? draft?.text ?? '';
      return draft && { draft, text, preview: await previewOf(tx, incident, { section: draft.key, text }, known) };
    });
    if (!found) return c.html(notThere(c.get('visitor')), 404);
    const { names } = known;
    return c.html(
      editorPage({ incident, ...found, names, visitor: c.get('visitor'), problem, clash }),
      problem || clash ? 409 : 200,
    );
  }

  return {
    read: async (c: PageContext) => {
      const incident = await seeing.incident(c);
      return incident?.postmortem ? show(c, incident) : c.html(notThere(c.get('visitor')), 404);
    },

    edit: async (c: PageContext) => {
      const found = await writable(c);
      return 'answer' in found ? found.answer : editor(c, found.incident);
    },

    save: async (c: PageContext) => {
      const found = await writable(c);
      if ('answer' in found) return found.answer;
      const { incident } = found;
      const form = await fields(c);
      const sent = Sent.safeParse(form);
      if (!sent.success)
        return editor(c, incident, { text: form.text ?? '', problem: whyNotWritten('section-too-long') });
      const section = c.req.param('section') ?? '';
      const by = c.get('visitor').person.id;
      const writing = { incident: incident.id, section, by, ...sent.data };
      const written = await store.transact((tx) => write(tx, writing, policy, now()));
      const { text } = sent.data;
      if ('refused' in written && written.refused !== 'nothing-to-change')
        return editor(c, incident, { text, problem: whyNotWritten(written.refused) });
      if ('clash' in written) return editor(c, incident, { text, clash: written.clash });
      return c.redirect(`/incidents/${incident.number}/postmortem#s-${encodeURIComponent(section)}`, 303);
    },

    preview: async (c: PageContext) => {
      const found = await writable(c);
      if ('answer' in found) return found.answer;
      const { text = '' } = await fields(c);
      const known = await given(found.incident);
      const written = { section: c.req.param('section') ?? '', text: text.slice(0, longestSection) };
      return c.html(previewed(await store.read((tx) => previewOf(tx, found.incident, written, known))));
    },

    step: async (c: PageContext) => {
      const found = await writable(c);
      if ('answer' in found) return found.answer;
      const { incident } = found;
      const asked = Step.safeParse(await fields(c));
      if (!asked.success) return show(c, incident, 'Say why.', 409);
      const by = { person: c.get('visitor').person.id };
      const outcome = await desk.handle(incident.id, commandOf(asked.data), by);
      if ('refused' in outcome) return show(c, outcome.incident, refusalText(outcome.refused), 409);
      return c.redirect(`/incidents/${incident.number}/postmortem`, 303);
    },
  };
}

function commandOf(asked: z.infer<typeof Step>) {
  if (asked.step === 'reopen') return { type: 'reopenPostmortem', reason: asked.reason } as const;
  return { type: asked.step === 'review' ? 'reviewPostmortem' : 'publishPostmortem' } as const;
}
