import type { App, BlockAction } from '@slack/bolt';
import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { Severity } from '../../incident/severity.ts';
import { denial, type Person, visibleTo } from '../../may.ts';
import { Impossible } from '../../outbox/failures.ts';
import { formValues } from '../../slack/form.ts';
import type { Inside, Opening } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import type { Call } from '../../slack/subcommand.ts';
import { Carried } from '../from-pagerduty/started.ts';
import { type Chosen, woken, wokenAtOnce } from '../paging/woken.ts';
import { findSimilar } from './find-similar.ts';
import { type DeclareDraft, declareModal, startsAs } from './views.ts';

/** What the form gives back as it was. */
export const Metadata = z.object({
  answerTo: z.string().optional(),
  source: z.object({ channel: z.string(), ts: z.string() }).optional(),
  pager: Carried.optional(),
  seen: z.array(z.string()).default([]),
});

/** What is filled in while the form is open, as far as what the form shows depends on it. */
const Filled = z
  .object({
    title: z.string().default(''),
    severity: Severity.default(startsAs),
    services: z.array(z.string()).default([]),
    kind: z.array(z.string()).default([]),
  })
  .transform(({ title, severity, services, kind }) => ({
    title,
    chosen: { severity, services, isPrivate: kind.includes('private'), isPractice: kind.includes('practice') },
  }));

/** The form opens at once, with whom it pages. Who is on call there is filled in when PagerDuty has said so. */
export function openedForm(draft: DeclareDraft, inside: Inside): Opening {
  const { severity = startsAs, services = [], metadata } = draft;
  const chosen: Chosen = { severity, services, isPractice: false, isPrivate: false, rung: rungBy(metadata.pager) };
  const atOnce = wokenAtOnce(chosen, inside);
  async function fillIn({ id, hash }: { id: string; hash: string }): Promise<void> {
    const heard = await woken(chosen, inside);
    if (heard === atOnce) return;
    // Whoever chose something else meanwhile is shown who is on call for that.
    await rewrite({ id, hash }, { ...draft, woken: heard }, inside).catch((err: unknown) =>
      inside.log.info({ err }, 'the form moved on before it could show who is on call'),
    );
  }
  return {
    open: declareModal({ ...draft, woken: atOnce }, inside.policy),
    opened: (view) => void fillIn(view),
  };
}

/** What rings in PagerDuty already is not paged once more. */
export const rungBy = (pager: Carried | undefined): Chosen['rung'] =>
  pager && { service: pager.service?.id, escalationPolicy: pager.escalationPolicy?.id };

/** What a form shows follows what is filled in: similar incidents by its title, who would be woken by the rest. */
export function followForm(app: App, inside: Inside): void {
  /** Of those who press twice in one form, what the later press makes of it stays. */
  const newest = new Map<string, object>();

  async function follow(call: Call, { view }: BlockAction, isTitle: boolean): Promise<undefined> {
    if (view?.callback_id !== 'declare' || call.late) return;
    if (denial(inside.policy, call.person, 'declare')) return;
    const { title, chosen } = Filled.parse(formValues(view.state.values));
    const metadata = Metadata.parse(JSON.parse(view.private_metadata));
    const similar = await similarFor(call.person, isTitle ? call.text : title, inside);
    const seen = similar.map((incident) => incident.id);
    if (isTitle && seen.join() === metadata.seen.join()) return;

    const turn = {};
    newest.set(view.id, turn);
    try {
      const { answerTo, source, pager } = metadata;
      const carried = { seen, ...(answerTo && { answerTo }), ...(source && { source }), ...(pager && { pager }) };
      const draft = {
        title: '',
        summary: '',
        severity: chosen.severity,
        metadata: carried,
        similar,
        woken: await woken({ ...chosen, rung: rungBy(pager) }, inside),
      };
      await rewrite({ id: view.id, hash: view.hash }, draft, inside).catch((error: unknown) => {
        if (!hasMovedOn(error) || newest.get(view.id) !== turn) throw error;
        // What was shown meanwhile is older than this.
        return rewrite({ id: view.id }, draft, inside);
      });
    } catch (err) {
      inside.log.info({ err }, 'the form moved on before it could follow what was chosen');
    } finally {
      if (newest.get(view.id) === turn) newest.delete(view.id);
    }
  }

  for (const field of ['title', 'severity', 'services', 'kind'])
    onPress(app, field, inside, (call, { body }) => follow(call, body, field === 'title'));
}

const hasMovedOn = (error: unknown) => error instanceof Impossible && error.code === 'hash_conflict';

/** Rewriting a form lives as briefly as opening one; what was typed stays, for the names of the fields do. */
async function rewrite(view: { id: string; hash?: string }, draft: DeclareDraft, { slack, policy }: Inside) {
  const { id: view_id, hash } = view;
  await slack.call('views.update', { view_id, ...(hash && { hash }), view: declareModal(draft, policy) });
}

export async function similarFor(person: Person, title: string, inside: Inside): Promise<Incident[]> {
  const { store, policy, now } = inside;
  return store.read((tx) => findSimilar(tx, title, visibleTo(policy, person), now()));
}
