import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { openStatuses, Status } from '../../incident/lifecycle.ts';
import { Severity } from '../../incident/severity.ts';
import { wordsAsked } from '../../incident/words.ts';
import { type Person, sightOf } from '../../may.ts';
import type { Policy } from '../../policy.ts';
import type { Which } from '../../store/incidents.ts';
import type { Reader } from '../../store/store.ts';
import { tag } from '../../store/tags.ts';

export const mostOnPage = 50;
/** Looked through at once for incidents that say something and are of a kind; what is further back takes another page. */
const mostLookedAt = 500;

/** What stands in the address; what makes no sense there counts as not asked. */
export const Asked = z.object({
  status: z.union([z.enum(['open', 'all', 'practice']), Status]).catch('open'),
  severity: Severity.optional().catch(undefined),
  service: z.string().max(40).optional().catch(undefined),
  mine: z.literal('yes').optional().catch(undefined),
  words: z.string().trim().max(200).catch(''),
  before: z.coerce.number().int().positive().optional().catch(undefined),
});
export type Asked = z.infer<typeof Asked>;

export interface Listed {
  incidents: Incident[];
  /** Where the next page goes on. */
  older?: number | undefined;
}

/** One page of what somebody may see and asks for, newest first. */
export async function listed(tx: Reader, asked: Asked, person: Person, policy: Policy): Promise<Listed> {
  if (asked.words) return found(tx, asked, person, policy);
  const { before } = asked;
  const which: Which = { sight: sightOf(policy, person), tags: tagsFor(asked, person), statuses: statusesOf(asked) };
  const page = await tx.incidents.page({
    ...which,
    practice: asked.status === 'practice',
    before,
    limit: mostOnPage + 1,
  });
  const incidents = page.slice(0, mostOnPage);
  return { incidents, older: page.length > mostOnPage ? incidents.at(-1)?.number : undefined };
}

/** Those that say it and are of the kind asked for. */
async function found(tx: Reader, asked: Asked, person: Person, policy: Policy): Promise<Listed> {
  const words = wordsAsked(asked.words);
  const search = { words, before: asked.before, sight: sightOf(policy, person), limit: mostLookedAt };
  const exact = await tx.incidents.search(search);
  // Nothing says just that: words may have been cut short, "check" for "checkout".
  const all = exact.length > 0 ? exact : await tx.incidents.search({ ...search, prefix: true });
  const fitting = all.filter(fits(asked, person));
  const incidents = fitting.slice(0, mostOnPage);
  const last = fitting.length > mostOnPage ? incidents.at(-1) : all.length === mostLookedAt ? all.at(-1) : undefined;
  return { incidents, older: last?.number };
}

function fits(asked: Asked, { id }: Person): (incident: Incident) => boolean {
  const { severity, service, mine } = asked;
  const statuses: readonly string[] | undefined = statusesOf(asked);
  return (incident) =>
    (!statuses || statuses.includes(incident.status)) &&
    incident.isPractice === (asked.status === 'practice') &&
    (!severity || incident.severity === severity) &&
    (!service || incident.services.includes(service)) &&
    (!mine || incident.declaredBy === id || incident.members.includes(id));
}

function statusesOf({ status }: Asked): readonly Status[] | undefined {
  if (status === 'open') return openStatuses;
  return status === 'all' || status === 'practice' ? undefined : [status];
}

function tagsFor({ status, mine, severity, service }: Asked, { id }: Person): string[] {
  // A practice run is listed as one and by nothing else.
  if (status === 'practice') return [tag.practice];
  return [
    ...(mine ? [tag.mine(id)] : []),
    ...(service ? [tag.service(service)] : []),
    ...(severity ? [tag.severity(severity)] : []),
  ];
}
