import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { writerOf } from '../../incident/reminders.ts';
import { visibleTo } from '../../may.ts';
import type { Effect } from '../../outbox/effect.ts';
import { directChannel, whereToTell } from '../../slack/answer.ts';
import { definePost } from '../../slack/messages.ts';
import { incidentOf, permalink } from '../../slack/outside.ts';
import { answerMessage, requestMessage } from './reminder-views.ts';

const Asked = z.object({ incident: z.string(), by: z.string(), question: z.string() });

/** To whoever writes the updates by the time it goes out. */
export const passOn = definePost('updates.ask', Asked, {
  purpose: 'pass on that somebody asks for an update',
  compose: async ({ incident: id, by, question }, outside) => {
    const incident = await incidentOf(outside, id);
    // An update answered it meanwhile.
    if (!incident.updateRequests.some((request) => request.by === by)) return undefined;
    const channel = await whereToTell(outside, writerOf(incident), incident);
    return { channel, ...requestMessage(incident, by, question) };
  },
});

const Answered = z.object({ incident: z.string(), person: z.string(), news: z.enum(['updated', 'resolved']) });

/** To who asked. Whoever may no longer see the incident hears nothing of it. */
export const answerAsker = definePost('updates.answer', Answered, {
  compose: async ({ incident: id, person, news }, outside) => {
    const incident = await incidentOf(outside, id);
    if (!visibleTo(outside.policy, { id: person, kind: 'member', zone: 0 })(incident)) return undefined;
    const at = incident.isPrivate ? incident.headline : (incident.announcement ?? incident.headline);
    const link = at && permalink(outside.identity(), at);
    return { channel: await directChannel(outside, person), ...answerMessage(incident, news, link) };
  },
});

const about = (kind: string, key: string, incident: Incident, person: string, payload: object): Effect => ({
  kind,
  key: `${key}:${incident.id}`,
  incident: incident.id,
  lane: 'channel',
  gate: `tell:${person}`,
  payload: { incident: incident.id, ...payload },
});

export const requestTo = (incident: Incident, by: string, question: string): Effect =>
  about(passOn.kind, `ask-${by}`, incident, writerOf(incident), { by, question });

/** `version`: each answer is one of its own, also when they come one right after the other. */
export const answersTo = (incident: Incident, people: string[], news: 'updated' | 'resolved'): Effect[] =>
  people.map((person) =>
    about(answerAsker.kind, `answer-${person}-${incident.version}`, incident, person, { person, news }),
  );
