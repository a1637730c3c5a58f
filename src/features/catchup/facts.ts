import type { Incident } from '../../incident/incident.ts';
import type { Person } from '../../may.ts';
import type { Policy } from '../../policy.ts';
import type { Reader } from '../../store/store.ts';
import { relatedTo, similarBefore } from './others.ts';
import { storyOf } from './story.ts';
import type { CatchUp } from './views.ts';

/** What somebody is told who has just come, as far as they may see it. */
export async function catchUpFacts(tx: Reader, incident: Incident, person: Person, policy: Policy): Promise<CatchUp> {
  return {
    incident,
    story: storyOf(await tx.record.of(incident.id), policy),
    related: await relatedTo(tx, incident, person, policy),
    similar: await similarBefore(tx, incident, person, policy),
    isIn: incident.members.includes(person.id),
  };
}
