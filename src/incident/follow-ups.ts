import type { Policy } from '../policy.ts';
import type { Decision } from './decision.ts';
import type { EventOf } from './events.ts';
import type {
  AddFollowUp,
  ChangeFollowUp,
  DropFollowUp,
  FinishFollowUp,
  ReopenFollowUp,
  ReportTicket,
} from './follow-up-commands.ts';
import type { FollowUp, Incident, Place } from './incident.ts';
import { placeKey } from './timeline.ts';

const day = 24 * 60 * 60_000;
/** Nobody does more, and the incident carries them all. */
const mostFollowUps = 200;

/** By when it is owed unless somebody says otherwise: from the day the incident was resolved, or from now while it runs. */
export function followUpDue(incident: Incident, now: Date, policy: Policy): Date {
  const from = incident.resolvedAt ?? now;
  return new Date(from.getTime() + policy.followUps.dueDays[incident.highestSeverity] * day);
}

/** It outlives the incident, so it may be added after the end. One message or task makes one. */
export function addFollowUp(
  incident: Incident,
  { type: _, due, ...asked }: AddFollowUp,
  now: Date,
  policy: Policy,
): Decision {
  if (isThere(incident, asked)) return { events: [] };
  if (asked.task !== undefined && !incident.tasks.some((task) => task.number === asked.task))
    return { refused: 'no-such-task' };
  if (incident.followUps.length >= mostFollowUps) return { refused: 'too-many-follow-ups' };
  const number = incident.followUpCount + 1;
  return { events: [{ type: 'followUpAdded', number, ...asked, due: due ?? followUpDue(incident, now, policy) }] };
}

const isThere = ({ followUps }: Incident, of: { source?: Place | undefined; task?: number | undefined }): boolean =>
  followUps.some(
    ({ source, task }) =>
      (of.source && source && placeKey(source) === placeKey(of.source)) || (of.task !== undefined && task === of.task),
  );

/** All in one decision, so that a press makes them once however often it arrives. */
export function carryOverTasks(incident: Incident, now: Date, policy: Policy): Decision {
  const { tasks, followUps, followUpCount } = incident;
  const left = tasks.filter((task) => !task.done && !isThere(incident, { source: task.source, task: task.number }));
  if (left.length === 0) return { refused: 'nothing-to-change' };
  if (followUps.length + left.length > mostFollowUps) return { refused: 'too-many-follow-ups' };
  const rest = { kind: 'process', priority: 'medium', proof: '', due: followUpDue(incident, now, policy) } as const;
  return {
    events: left.map(({ number: task, text, owner, source }, index) => ({
      type: 'followUpAdded',
      number: followUpCount + index + 1,
      text,
      ...rest,
      ...(owner && { owner }),
      ...(source && { source }),
      task,
    })),
  };
}

export function changeFollowUp(incident: Incident, { type: _, number, ...wished }: ChangeFollowUp): Decision {
  const followUp = followUpOf(incident, number);
  if (!followUp) return { refused: 'no-such-follow-up' };
  const before: Record<string, unknown> = { ...followUp, owner: followUp.owner ?? null };
  const isNews = Object.entries(wished).some(([name, value]) => value !== undefined && !same(value, before[name]));
  return isNews ? { events: [{ type: 'followUpChanged', number, ...wished }] } : { refused: 'nothing-to-change' };
}

export function finishFollowUp(incident: Incident, { number }: FinishFollowUp): Decision {
  const followUp = followUpOf(incident, number);
  if (!followUp) return { refused: 'no-such-follow-up' };
  return followUp.done ? { refused: 'nothing-to-change' } : { events: [{ type: 'followUpFinished', number }] };
}

export function reopenFollowUp(incident: Incident, { number }: ReopenFollowUp): Decision {
  const followUp = followUpOf(incident, number);
  if (!followUp) return { refused: 'no-such-follow-up' };
  return followUp.done ? { events: [{ type: 'followUpReopened', number }] } : { refused: 'nothing-to-change' };
}

export function dropFollowUp(incident: Incident, { number, reason }: DropFollowUp): Decision {
  const followUp = followUpOf(incident, number);
  if (!followUp) return { refused: 'no-such-follow-up' };
  const { source } = followUp;
  return { events: [{ type: 'followUpDropped', number, reason, ...(source && { source }) }] };
}

export function ticketReported(incident: Incident, { number, ticket }: ReportTicket): Decision {
  const followUp = followUpOf(incident, number);
  return !followUp || followUp.ticket?.url === ticket.url
    ? { events: [] }
    : { events: [{ type: 'followUpTicketed', number, ticket }] };
}

const followUpOf = (incident: Incident, number: number): FollowUp | undefined =>
  incident.followUps.find((one) => one.number === number);

const same = (one: unknown, other: unknown) =>
  one instanceof Date && other instanceof Date ? one.getTime() === other.getTime() : one === other;

export function withFollowUp(
  { followUps }: Incident,
  number: number,
  change: (followUp: FollowUp) => FollowUp,
): FollowUp[] {
  return followUps.map((one) => (one.number === number ? change(one) : one));
}

export function changedFollowUp(followUp: FollowUp, event: EventOf<'followUpChanged'>): FollowUp {
  const { type: _, number: __, owner, ...rest } = event;
  const wished = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...followUp, ...wished, ...(owner !== undefined && { owner: owner ?? undefined }) };
}
