import type { FollowUp, Handover, Incident, Task } from '../../incident/incident.ts';
import { isOver, openStatuses } from '../../incident/lifecycle.ts';
import { type Person, sightOf, visibleTo } from '../../may.ts';
import type { Policy } from '../../policy.ts';
import type { Reader } from '../../store/store.ts';
import type { Rule } from '../../store/subscriptions.ts';
import { tag } from '../../store/tags.ts';

export interface HomeFacts {
  handovers: { incident: Incident; role: string; offer: Handover }[];
  tasks: { incident: Incident; task: Task }[];
  /** Theirs and not done, soonest first, of whatever incident. */
  followUps: { incident: Incident; followUp: FollowUp }[];
  /** Of which this person owes the postmortem. */
  postmortems: Incident[];
  /** Open, and this person is in it or has a role. */
  mine: { incident: Incident; roles: string[] }[];
  /** The other open ones. */
  others: Incident[];
  rules: Rule[];
  followed: Incident[];
}

/** Tasks may be left when an incident is over; of the older ones nobody expects them here. */
const newestOfMine = 30;

/** Nobody has open follow-ups of more incidents; were it so, those of the newest are shown. */
const mostWithFollowUps = 60;

/** Practice runs are kept out, as from every list. */
export async function homeFacts(tx: Reader, person: Person, policy: Policy): Promise<HomeFacts> {
  const sees = visibleTo(policy, person);
  const counts = (incident: Incident) => sees(incident) && !incident.isPractice;
  const open = (await tx.incidents.list({ statuses: openStatuses, limit: 200 })).filter(counts);
  const known = new Set(open.map(({ id }) => id));
  const older = (await tx.incidents.mine(person.id, newestOfMine)).filter((one) => counts(one) && !known.has(one.id));
  const owing = (await tx.incidents.withFollowUpsOf(person.id, mostWithFollowUps)).filter(counts);
  const all = [...open, ...older];
  const running = all.filter((incident) => !isOver(incident));
  const rolesIn = (incident: Incident) =>
    Object.entries(incident.roles).flatMap(([role, held]) => (held.person === person.id ? [role] : []));
  const isMine = (incident: Incident) => incident.members.includes(person.id) || rolesIn(incident).length > 0;
  return {
    handovers: running.flatMap((incident) =>
      Object.entries(incident.handovers).flatMap(([role, offer]) =>
        offer.to === person.id ? [{ incident, role, offer }] : [],
      ),
    ),
    tasks: all.flatMap((incident) =>
      incident.tasks.flatMap((task) => (task.owner === person.id && !task.done ? [{ incident, task }] : [])),
    ),
    followUps: owing
      .flatMap((incident) =>
        incident.followUps.flatMap((one) =>
          one.owner === person.id && !one.done ? [{ incident, followUp: one }] : [],
        ),
      )
      .sort((one, other) => one.followUp.due.getTime() - other.followUp.due.getTime()),
    postmortems: await owedBy(tx, person, policy),
    mine: running.filter(isMine).map((incident) => ({ incident, roles: rolesIn(incident) })),
    others: running.filter((incident) => !isMine(incident)),
    rules: await tx.subscriptions.of(person.id),
    followed: (await tx.followers.open(person.id)).filter(sees),
  };
}

const mostOwed = 20;

const owedBy = (tx: Reader, person: Person, policy: Policy): Promise<Incident[]> =>
  tx.incidents.page({ sight: sightOf(policy, person), tags: [tag.owesPostmortem(person.id)], limit: mostOwed });
