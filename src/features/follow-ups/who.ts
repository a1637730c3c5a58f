import type { FollowUp, Incident } from '../../incident/incident.ts';
import { standsFor } from '../../incident/stands-for.ts';
import { unfit, visibleTo } from '../../may.ts';
import { isPerson } from '../../slack/mention.ts';
import type { Outside } from '../../slack/outside.ts';

const commander = 'commander';

/** Who sees to it, the nearest first: a follow-up without an owner is the business of whoever writes the postmortem. */
export const candidates = (incident: Incident, { owner, by }: FollowUp): string[] => [
  ...new Set(
    [owner, incident.postmortemOwner, incident.roles[commander]?.person, by, standsFor(incident)].filter(isPerson),
  ),
];

/** The first of them who is still here and may see the incident; of a private one nobody else hears. */
export async function whoSeesToIt(
  incident: Incident,
  followUp: FollowUp,
  { people, policy }: Pick<Outside, 'people' | 'policy'>,
): Promise<string | undefined> {
  for (const id of candidates(incident, followUp)) {
    const sees = visibleTo(policy, { id, kind: 'member', zone: 0 })(incident);
    if (sees && !unfit(policy, await people.who(id))) return id;
  }
  return undefined;
}
