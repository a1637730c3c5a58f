import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isUnheard } from '../../incident/page.ts';
import type { Effect } from '../../outbox/effect.ts';
import { whereToTell } from '../../slack/answer.ts';
import { definePost } from '../../slack/messages.ts';
import { whoRunsIt } from '../channel/who.ts';
import { failedMessage, untakenMessage } from './views.ts';
import { pageIn } from './where.ts';

const Told = z.object({
  incident: z.string(),
  page: z.number(),
  person: z.string(),
  of: z.enum(['untaken', 'failed']),
});

/** Composed when it goes out: a page that was taken meanwhile worries nobody. */
export const tellOfPage = definePost('paging.tell', Told, {
  purpose: 'tell somebody of a page that woke nobody',
  compose: async ({ incident: id, page: number, person, of }, outside) => {
    const found = await pageIn(outside, { incident: id, page: number });
    if (found?.page.state !== 'ringing') return undefined;
    const { incident, page } = found;
    if (of === 'failed' && !isUnheard(page)) return undefined;
    const { untaken } = outside.policy.paging;
    const message = of === 'failed' ? failedMessage(incident, page) : untakenMessage(incident, page, untaken);
    return { channel: await whereToTell(outside, person, incident), ...message };
  },
});

const told = (incident: Incident, page: number, person: string, of: 'untaken' | 'failed'): Effect => ({
  kind: tellOfPage.kind,
  key: `page-${of}-${page}-${incident.version}-${person}:${incident.id}`,
  incident: incident.id,
  lane: 'channel',
  gate: `tell:${person}`,
  payload: { incident: incident.id, page, person, of },
});

export const tellUntaken = (incident: Incident, page: number, person: string): Effect =>
  told(incident, page, person, 'untaken');

/** Nobody was woken at all: whoever runs it and whoever declared it must know now. */
export const tellFailed = (incident: Incident, page: number): Effect[] =>
  whoRunsIt(incident).map((person) => told(incident, page, person, 'failed'));
