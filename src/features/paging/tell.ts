import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { isUnheard } from '../../incident/page.ts';
import { pageOf } from '../../incident/paging.ts';
import type { Effect } from '../../outbox/effect.ts';
import { whereToTell } from '../../slack/answer.ts';
import { isPerson } from '../../slack/mention.ts';
import { definePost } from '../../slack/messages.ts';
import { whoRunsIt } from '../channel/who.ts';
import { declinedMessage, failedMessage, untakenMessage } from './views.ts';
import { pageIn } from './where.ts';

const tidings = ['untaken', 'failed', 'declined'] as const;
type Tidings = (typeof tidings)[number];

const Told = z.object({
  incident: z.string(),
  page: z.number(),
  person: z.string(),
  of: z.enum(tidings),
});

/** Composed when it goes out: a page that was taken meanwhile worries nobody. */
export const tellOfPage = definePost('paging.tell', Told, {
  purpose: 'tell somebody of a page that woke nobody',
  compose: async ({ incident: id, page: number, person, of }, outside) => {
    const found = await pageIn(outside, { incident: id, page: number });
    const worries = of === 'declined' ? ['declined', 'ringing'] : ['ringing'];
    if (!found || !worries.includes(found.page.state)) return undefined;
    const { incident, page } = found;
    if (of === 'failed' && !isUnheard(page)) return undefined;
    const { untaken } = outside.policy.paging;
    const message = {
      failed: failedMessage,
      untaken: untakenMessage,
      declined: declinedMessage,
    }[of](incident, page, untaken);
    return { channel: await whereToTell(outside, person, incident), ...message };
  },
});

const told = (incident: Incident, page: number, person: string, of: Tidings): Effect => ({
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

/** Somebody who was asked cannot come, and nobody else has it: whoever asked, and whoever runs it, look for somebody else. */
export function tellDeclined(incident: Incident, number: number): Effect[] {
  const page = pageOf(incident, number);
  if (page?.state !== 'declined' && page?.state !== 'ringing') return [];
  const people = [page.by, ...whoRunsIt(incident)].filter(isPerson);
  return [...new Set(people)].map((person) => told(incident, number, person, 'declined'));
}
