import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { directChannel, keyOfAnswer, postTo, responseUrl } from '../../slack/answer.ts';
import { defineEdit, definePost } from '../../slack/messages.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { progressMessage } from './views.ts';

const Payload = z.object({ incident: z.string(), answerTo: z.string() });
const Place = z.object({ channel: z.string(), ts: z.string() });

/** Slack takes five uses of a `response_url`: the confirmation and four edits. */
const mostUses = 5;

const answerKey = (incident: string) => `progress:${incident}`;
const directKey = (incident: string) => `confirm:${incident}`;

/** The confirmation where the command or the shortcut came with a `response_url`. */
export const answerProgress = defineEffect('declare.answer-progress', Payload, {
  whenUnknown: 'once',
  async run({ incident, answerTo }, outside: Outside) {
    const [body, shown, answers] = await outside.store.read(
      async (tx) =>
        [
          await tx.inbox.body(answerTo),
          await tx.outbox.byKey(answerKey(incident)),
          await tx.outbox.byKey(keyOfAnswer(answerTo)),
        ] as const,
    );
    const url = responseUrl(body);
    // What was said there before goes: that the form did not open, when it was only Slack's reply that was lost.
    const used = shown.filter((row) => row.state === 'done').length + answers.length;
    if (!url || used >= mostUses) return {};
    const message = progressMessage(await incidentOf(outside, incident));
    await postTo(url, { response_type: 'ephemeral', replace_original: used > 0, ...message });
    return {};
  },
});

/** The confirmation by direct message. */
export const directProgress = definePost('declare.direct-progress', z.object({ incident: z.string() }), {
  compose: async (payload, outside) => {
    const incident = await incidentOf(outside, payload.incident);
    return { channel: await directChannel(outside, incident.declaredBy), ...progressMessage(incident) };
  },
});

export const directProgressEdit = defineEdit('declare.direct-progress-edit', z.object({ incident: z.string() }), {
  compose: async ({ incident }, outside) => {
    const rows = await outside.store.read((tx) => tx.outbox.byKey(directKey(incident)));
    const posted = rows.find((row) => row.state === 'done' && row.result);
    return posted && { at: Place.parse(posted.result), ...progressMessage(await incidentOf(outside, incident)) };
  },
});

/** The first word to whoever declared. */
export function confirm(incident: Incident): Effect {
  return incident.answerTo
    ? byAnswer(incident, incident.answerTo)
    : direct(incident, directProgress.kind, directKey(incident.id));
}

/** The same message, as far as things have come by now. */
export function confirmAgain(incident: Incident): Effect {
  if (incident.answerTo) return byAnswer(incident, incident.answerTo);
  return direct(incident, directProgressEdit.kind, answerKey(incident.id));
}

const byAnswer = (incident: Incident, answerTo: string): Effect => ({
  kind: answerProgress.kind,
  key: answerKey(incident.id),
  payload: { incident: incident.id, answerTo },
  lane: 'cosmetic',
  gate: 'response_url',
  orderKey: answerKey(incident.id),
});

const direct = (incident: Incident, kind: string, key: string): Effect => ({
  kind,
  key,
  payload: { incident: incident.id },
  lane: 'cosmetic',
  gate: `direct:${incident.declaredBy}`,
  orderKey: directKey(incident.id),
});
