import type { Policy } from '../policy.ts';
import type { Decision } from './decision.ts';
import type { Incident } from './incident.ts';
import type { NamePostmortemOwner, ReopenPostmortem } from './postmortem-commands.ts';
import { addWorkingDays } from './working-hours.ts';

/** draft → in-review → published → (re-opened) draft */
export const postmortemStatuses = ['draft', 'in-review', 'published'] as const;
export type PostmortemStatus = (typeof postmortemStatuses)[number];

export interface Postmortem {
  status: PostmortemStatus;
  draftedAt: Date;
  /** By when it is owed in review and published, where the policy requires one. */
  reviewDue?: Date;
  publishDue?: Date;
  publishedAt?: Date | undefined;
}

export function namePostmortemOwner(incident: Incident, { person }: NamePostmortemOwner): Decision {
  if (incident.postmortemOwner === person) return { refused: 'nothing-to-change' };
  return { events: [{ type: 'postmortemOwnerNamed', person }] };
}

/** One draft, however often it is resolved. The two dates are the policy's working days from now. */
export function postmortemDrafted(incident: Incident, now: Date, policy: Policy): Decision {
  if (incident.postmortem) return { events: [] };
  const isOwed = policy.postmortemRequired.includes(incident.highestSeverity) && !incident.isPractice;
  const { reviewDays, publishDays } = policy.postmortem;
  const dates = {
    reviewDue: addWorkingDays(now, reviewDays, policy.workingHours),
    publishDue: addWorkingDays(now, publishDays, policy.workingHours),
  };
  return { events: [{ type: 'postmortemDrafted', ...(isOwed && dates) }] };
}

export function reviewPostmortem({ postmortem }: Incident): Decision {
  if (!postmortem) return { refused: 'no-postmortem' };
  return postmortem.status === 'draft'
    ? { events: [{ type: 'postmortemInReview' }] }
    : { refused: 'nothing-to-change' };
}

export function publishPostmortem({ postmortem }: Incident): Decision {
  if (!postmortem) return { refused: 'no-postmortem' };
  return postmortem.status === 'published'
    ? { refused: 'nothing-to-change' }
    : { events: [{ type: 'postmortemPublished' }] };
}

export function reopenPostmortem({ postmortem }: Incident, { reason }: ReopenPostmortem): Decision {
  if (!postmortem) return { refused: 'no-postmortem' };
  return postmortem.status === 'published'
    ? { events: [{ type: 'postmortemReopened', reason }] }
    : { refused: 'nothing-to-change' };
}
