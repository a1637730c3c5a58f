import type { Incident } from '../../incident/incident.ts';
import { standsFor } from '../../incident/stands-for.ts';
import { addWorkingDays, nextWorking } from '../../incident/working-hours.ts';
import type { Policy } from '../../policy.ts';

/** What is owed: the draft in review, then the postmortem published. */
export const owed = ['review', 'publish'] as const;
export type Owed = (typeof owed)[number];

export interface Step {
  what: Owed;
  /** After it was due: others hear of it too. */
  late: boolean;
  at: Date;
}

export const dueOf = ({ postmortem }: Incident, what: Owed): Date | undefined =>
  what === 'review' ? postmortem?.reviewDue : postmortem?.publishDue;

/** Whether it is owed still. */
export function isOwed({ postmortem }: Incident, what: Owed): boolean {
  if (!postmortem) return false;
  return what === 'review' ? postmortem.status === 'draft' : postmortem.status !== 'published';
}

/** When somebody is to hear of it: a working day before it is due, and when it was not done by then. In working hours. */
export function stepsOf(incident: Incident, { postmortem: days, workingHours }: Policy): Step[] {
  const { draftedAt } = incident.postmortem ?? {};
  if (!draftedAt) return [];
  return owed.flatMap((what): Step[] => {
    const due = dueOf(incident, what);
    if (!due) return [];
    const before = addWorkingDays(
      draftedAt,
      (what === 'review' ? days.reviewDays : days.publishDays) - 1,
      workingHours,
    );
    const soon = nextWorking(before, workingHours);
    // What is due tomorrow was told with the draft.
    const reminded = soon > draftedAt && before > draftedAt && soon < due;
    return [
      ...(reminded ? [{ what, late: false, at: soon }] : []),
      { what, late: true, at: nextWorking(due, workingHours) },
    ];
  });
}

/** Who writes it; as long as nobody was named, whoever ran the incident. */
export const writerOfPostmortem = (incident: Incident): string =>
  incident.postmortemOwner ?? incident.roles.commander?.person ?? standsFor(incident) ?? incident.declaredBy;

/** Who hears that it did not come: the commander, else those who look after all incidents. */
export function othersOf(incident: Incident, { incidentAdmins }: Policy): string[] {
  const writer = writerOfPostmortem(incident);
  const commander = incident.roles.commander?.person;
  return commander && commander !== writer ? [commander] : incidentAdmins.filter((one) => one !== writer).slice(0, 5);
}
