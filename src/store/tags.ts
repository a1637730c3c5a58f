import { and, eq, inArray } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Incident } from '../incident/incident.ts';
import { batchesOf } from './batches.ts';

/** What an incident is listed by. A practice run is found as one and by nothing else. */
export const tag = {
  severity: (severity: string) => `severity:${severity}`,
  service: (service: string) => `service:${service}`,
  /** Somebody's own: declared, joined, with a role, a task or a follow-up of theirs, or a role offered to them. */
  mine: (person: string) => `mine:${person}`,
  /** Who owns a follow-up of it that is not done. */
  followUp: (person: string) => `followup:${person}`,
  /** Of a private one, who may see it (`visibleTo` in may.ts). */
  sees: (person: string) => `sees:${person}`,
  owesPostmortem: (person: string) => `postmortem:${person}`,
  /** Under which id the pager keeps a page of it. */
  page: (id: string) => `page:${id}`,
  practice: 'practice',
};

export function tagsOf(incident: Incident): string[] {
  const inIt = [incident.declaredBy, ...incident.members];
  const sees = incident.isPrivate ? inIt.map(tag.sees) : [];
  if (incident.isPractice) return unique([tag.practice, ...sees]);
  const owing = incident.followUps.flatMap(({ owner, done }) => (owner && !done ? [owner] : []));
  const atWork = [
    ...Object.values(incident.roles).map(({ person }) => person),
    ...Object.values(incident.handovers).map(({ to }) => to),
    ...incident.tasks.flatMap(({ owner, done }) => (owner && !done ? [owner] : [])),
  ];
  const { postmortem, postmortemOwner: owner } = incident;
  const owes = owner && postmortem && postmortem.status !== 'published' ? [tag.owesPostmortem(owner)] : [];
  return unique([
    ...owes,
    tag.severity(incident.severity),
    ...incident.services.map(tag.service),
    ...[...inIt, ...atWork, ...owing].map(tag.mine),
    ...owing.map(tag.followUp),
    ...incident.pages.flatMap(({ outside }) => (outside ? [tag.page(outside.id)] : [])),
    ...sees,
  ]);
}

const unique = (tags: string[]) => [...new Set(tags)];

/** In the transaction that saves the incident: what it is listed by is never behind what it is. */
export async function retag(
  { db, t: { incidentTags } }: Ctx,
  incident: Incident,
  before: Incident | undefined,
): Promise<void> {
  const [had, has] = [before ? tagsOf(before) : [], tagsOf(incident)];
  const gone = had.filter((one) => !has.includes(one));
  if (gone.length > 0)
    await db.delete(incidentTags).where(and(eq(incidentTags.number, incident.number), inArray(incidentTags.tag, gone)));
  const rows = has.filter((one) => !had.includes(one)).map((one) => ({ tag: one, number: incident.number }));
  for (const batch of batchesOf(rows)) await db.insert(incidentTags).values(batch).onConflictDoNothing();
}
