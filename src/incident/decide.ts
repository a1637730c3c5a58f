import type { Policy } from '../policy.ts';
import { promise, replan, updateDue } from './cadence.ts';
import { channelName, nextChannelName } from './channel-name.ts';
import type {
  AddLink,
  ChangeSeverity,
  ChangeStatus,
  Command,
  CorrectTime,
  Declare,
  Relate,
  RemoveLink,
  Rename,
  ReportChannelGone,
  StateImpact,
} from './commands.ts';
import type { Decision } from './decision.ts';
import { absorb, cancel, close, decline, merge, reopen, resolve } from './endings.ts';
import { erased } from './erased.ts';
import type { IncidentEvent } from './events.ts';
import {
  addFollowUp,
  carryOverTasks,
  changeFollowUp,
  dropFollowUp,
  finishFollowUp,
  reopenFollowUp,
  ticketReported,
} from './follow-ups.ts';
import { beginsAnew, problemWith, sameImpact } from './impact.ts';
import type { Incident } from './incident.ts';
import { isOver, skipped } from './lifecycle.ts';
import {
  namePostmortemOwner,
  postmortemDrafted,
  publishPostmortem,
  reopenPostmortem,
  reviewPostmortem,
} from './postmortem.ts';
import { checkUpdate, claimUpdate, snoozeUpdate } from './reminders.ts';
import {
  acceptHandover,
  assignRoles,
  declineHandover,
  offerHandover,
  shadowRole,
  stopShadowing,
  takeRole,
} from './roles.ts';
import { addTask, changeTask, dropTask, finishTask, reopenTask } from './tasks.ts';
import { addToTimeline, changeTimeline, removeFromTimeline } from './timeline-changes.ts';
import { postUpdate, requestUpdate } from './updates.ts';

/** What an incident answers to a command. Pure: the whole rule book is below and in the files this imports. */
export function decide(incident: Incident, command: Command, now: Date, policy: Policy): Decision {
  switch (command.type) {
    case 'declare':
      return declare(incident, command, now, policy);
    case 'postUpdate':
      return postUpdate(incident, command, now, policy);
    case 'snoozeUpdate':
      return snoozeUpdate(incident, command, now, policy);
    case 'claimUpdate':
      return claimUpdate(incident, command, now, policy);
    case 'checkUpdate':
      return checkUpdate(incident, now, policy);
    case 'requestUpdate':
      return requestUpdate(incident, command);
    case 'changeStatus':
      return changeStatus(incident, command, now, policy);
    case 'changeSeverity':
      return changeSeverity(incident, command, now, policy);
    case 'stateImpact':
      return stateImpact(incident, command, now, policy);
    case 'correctTime':
      return correctTime(incident, command, now);
    case 'resolve':
      return resolve(incident, command, now, policy);
    case 'reopen':
      return reopen(incident, command, now, policy);
    case 'close':
      return close(incident, command);
    case 'decline':
      return decline(incident, command);
    case 'cancel':
      return cancel(incident, command);
    case 'merge':
      return merge(incident, command);
    case 'absorb':
      return absorb(incident, command);
    case 'assignRoles':
      return assignRoles(incident, command, policy);
    case 'takeRole':
      return takeRole(incident, command, policy);
    case 'shadowRole':
      return shadowRole(incident, command, policy);
    case 'stopShadowing':
      return stopShadowing(incident, command);
    case 'offerHandover':
      return offerHandover(incident, command, policy);
    case 'acceptHandover':
      return acceptHandover(incident, command);
    case 'declineHandover':
      return declineHandover(incident, command);
    case 'addTask':
      return addTask(incident, command);
    case 'changeTask':
      return changeTask(incident, command);
    case 'finishTask':
      return finishTask(incident, command);
    case 'reopenTask':
      return reopenTask(incident, command);
    case 'dropTask':
      return dropTask(incident, command);
    case 'addToTimeline':
      return addToTimeline(incident, command, now);
    case 'removeFromTimeline':
      return removeFromTimeline(incident, command);
    case 'changeTimeline':
      return changeTimeline(incident, command, now);
    case 'reportErased':
      return erased(command);
    case 'carryOverTasks':
      return carryOverTasks(incident, now, policy);
    case 'addFollowUp':
      return addFollowUp(incident, command, now, policy);
    case 'changeFollowUp':
      return changeFollowUp(incident, command);
    case 'finishFollowUp':
      return finishFollowUp(incident, command);
    case 'reopenFollowUp':
      return reopenFollowUp(incident, command);
    case 'dropFollowUp':
      return dropFollowUp(incident, command);
    case 'reportTicket':
      return ticketReported(incident, command);
    case 'namePostmortemOwner':
      return namePostmortemOwner(incident, command);
    case 'reportPostmortemDrafted':
      return postmortemDrafted(incident, now, policy);
    case 'reviewPostmortem':
      return reviewPostmortem(incident);
    case 'publishPostmortem':
      return publishPostmortem(incident);
    case 'reopenPostmortem':
      return reopenPostmortem(incident, command);
    case 'addLink':
      return addLink(incident, command);
    case 'removeLink':
      return removeLink(incident, command);
    case 'relate':
      return relate(incident, command);
    case 'rename':
      return rename(incident, command, policy);
    case 'makePrivate':
      return makePrivate(incident, policy);
    case 'reportChannelOpened':
      return channelOpened(incident, command.channel);
    case 'reportChannelNameTaken':
      return channelNameTaken(incident, command.name);
    case 'reportHeadlinePosted':
      return incident.headline ? nothing : one({ type: 'headlinePosted', at: command.at });
    case 'reportHeadlineGone':
      return incident.headline ? one({ type: 'headlineGone' }) : nothing;
    case 'reportAnnouncementPosted':
      return incident.announcement ? nothing : one({ type: 'announcementPosted', at: command.at });
    case 'reportTrouble':
      return one({ type: 'troubleReported', effect: command.effect, what: command.what, why: command.why });
    case 'reportTroubleOver':
      return incident.troubles.some((trouble) => trouble.effect === command.effect)
        ? one({ type: 'troubleCleared', effect: command.effect })
        : nothing;
    case 'reportChannelRenamed':
      return incident.channel && incident.channel.name !== command.name
        ? one({ type: 'channelRenamed', name: command.name })
        : nothing;
    case 'reportChannelGone':
      return channelGone(incident, command);
    case 'reportChannelBack':
      return incident.channelGone ? one({ type: 'channelBack' }) : nothing;
    case 'reportJoined':
      return incident.members.includes(command.person)
        ? nothing
        : one({ type: 'personJoined', person: command.person });
    case 'reportLeft':
      return incident.members.includes(command.person) ? one({ type: 'personLeft', person: command.person }) : nothing;
  }
}

const nothing: Decision = { events: [] };
const one = (event: IncidentEvent): Decision => ({ events: [event] });

function declare(incident: Incident, command: Declare, now: Date, policy: Policy): Decision {
  // An incident is declared once; a second time would undo all that happened since.
  if (incident.version > 0) return nothing;
  // Own keys only: every object has a `constructor`.
  if (command.services.some((service) => !Object.hasOwn(policy.services, service)))
    return { refused: 'unknown-service' };
  const problem = problemWith(command.impact, now, policy.journeys);
  if (problem) return { refused: problem };

  const { type: _, ...asked } = command;
  // Nobody feels it yet: a warm issue, which has a rhythm of its own.
  const status = command.impact.felt === 'no' ? 'triage' : 'investigating';
  const due = updateDue({ severity: command.severity, status, updateCount: 0 }, now, policy);
  return {
    events: [
      {
        type: 'declared',
        ...asked,
        status,
        channelName: channelName(policy.channelName, { ...command, number: incident.number }),
        policyVersion: policy.version,
      },
      ...(due ? [promise(due, command.severity, now, policy)] : []),
    ],
  };
}

function changeStatus(incident: Incident, { to, note }: ChangeStatus, now: Date, policy: Policy): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (to === 'resolved') return { refused: 'resolve-by-form' };
  if (isOver({ status: to })) return { refused: 'ends-by-its-own-command' };
  if (to === incident.status) return { refused: 'nothing-to-change' };
  if (to === 'triage') return { refused: 'no-way-back-to-triage' };
  const left = skipped(incident.status, to);
  return {
    events: [
      { type: 'statusChanged', from: incident.status, to, note, ...(left.length > 0 && { skipped: left }) },
      ...replan(incident, { status: to }, now, policy),
    ],
  };
}

function changeSeverity(incident: Incident, { to, reason }: ChangeSeverity, now: Date, policy: Policy): Decision {
  if (isOver(incident)) return { refused: 'incident-over' };
  if (to === incident.severity) return { refused: 'nothing-to-change' };
  return {
    events: [
      { type: 'severityChanged', from: incident.severity, to, reason },
      ...replan(incident, { severity: to }, now, policy),
    ],
  };
}

function stateImpact(incident: Incident, { impact, again, reason }: StateImpact, now: Date, policy: Policy): Decision {
  const problem = problemWith(impact, now, policy.journeys);
  if (problem) return { refused: problem };
  if (sameImpact(impact, incident.impact)) return { refused: 'nothing-to-change' };
  // Afterwards it is a correction of what others have read already.
  if (isOver(incident) && !reason) return { refused: 'reason-needed' };

  const stated: IncidentEvent = beginsAnew(impact, incident.impact, again)
    ? { type: 'impactBegan', impact }
    : { type: 'impactStated', impact, ...(reason && { reason }) };
  // Customers feel it: no longer a warm issue.
  const warm = incident.status === 'triage' && impact.felt === 'yes';
  if (!warm) return one(stated);
  return {
    events: [
      stated,
      { type: 'statusChanged', from: 'triage', to: 'investigating', note: 'Customers are affected' },
      ...replan(incident, { status: 'investigating' }, now, policy),
    ],
  };
}

/** The record keeps both: what was said at the time and what is known better now. */
function correctTime(incident: Incident, { of, to, reason }: CorrectTime, now: Date): Decision {
  const from = { detected: incident.detectedAt, declared: incident.declaredAt, resolved: incident.resolvedAt }[of];
  if (of === 'resolved' && !from) return { refused: 'not-resolved' };
  if (to > now) return { refused: 'time-in-the-future' };
  if (from?.getTime() === to.getTime()) return { refused: 'nothing-to-change' };
  return one({ type: 'timeCorrected', of, ...(from && { from }), to, reason });
}

function addLink(incident: Incident, { title, url }: AddLink): Decision {
  if (incident.links.some((link) => link.url === url)) return { refused: 'nothing-to-change' };
  return one({ type: 'linkAdded', title: title || new URL(url).hostname, url });
}

function removeLink(incident: Incident, { url }: RemoveLink): Decision {
  return incident.links.some((link) => link.url === url)
    ? one({ type: 'linkRemoved', url })
    : { refused: 'no-such-link' };
}

function relate(incident: Incident, { other }: Relate): Decision {
  if (other.id === incident.id || incident.related.some(({ id }) => id === other.id))
    return { refused: 'nothing-to-change' };
  return one({ type: 'related', other });
}

function rename(incident: Incident, { title }: Rename, policy: Policy): Decision {
  if (title === incident.title) return { refused: 'nothing-to-change' };
  return one({
    type: 'renamed',
    from: incident.title,
    to: title,
    channelName: channelName(policy.channelName, { ...incident, title }),
  });
}

/** The name of its channel says nothing of it from now on. */
function makePrivate(incident: Incident, policy: Policy): Decision {
  if (incident.isPrivate) return { refused: 'private-already' };
  return one({ type: 'madePrivate', channelName: channelName(policy.channelName, { ...incident, isPrivate: true }) });
}

function channelNameTaken(incident: Incident, name: string): Decision {
  // A report that came late: another name is being tried already, or the channel has this one.
  if (name !== incident.channelName || (!incident.channelGone && incident.channel?.name === name)) return nothing;
  return one({ type: 'channelNameTaken', name, next: nextChannelName(incident.firstChannelName, name) });
}

/** Also in place of a channel that is gone, when somebody asked for another. */
function channelOpened(incident: Incident, channel: { id: string; name: string }): Decision {
  const isThere = incident.channel && (!incident.channelGone || incident.channel.id === channel.id);
  return isThere ? nothing : one({ type: 'channelOpened', channel, ...(incident.channel && { instead: true }) });
}

function channelGone(incident: Incident, { how, ours }: ReportChannelGone): Decision {
  if (!incident.channel || incident.channelGone === how) return nothing;
  // Slack removes bots from a channel that is archived; that it is archived says more.
  if (incident.channelGone && how === 'bot-removed') return nothing;
  return one({ type: 'channelGone', how, ...(ours && { ours }) });
}
