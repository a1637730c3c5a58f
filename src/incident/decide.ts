import type { Policy } from '../policy.ts';
import { begunAt } from './begun.ts';
import { promise, updateDue } from './cadence.ts';
import { channelGone, channelNameTaken, channelOpened } from './channel-changes.ts';
import { channelName } from './channel-name.ts';
import type { Command, Declare } from './commands.ts';
import { type Decision, nothing, one } from './decision.ts';
import { absorb, cancel, close, decline, merge, reopen, resolve } from './endings.ts';
import { erased } from './erased.ts';
import {
  addFollowUp,
  carryOverTasks,
  changeFollowUp,
  dropFollowUp,
  finishFollowUp,
  reopenFollowUp,
  ticketReported,
} from './follow-ups.ts';
import { problemWith } from './impact.ts';
import type { Incident } from './incident.ts';
import { addLink, relate, removeLink } from './links.ts';
import { makePrivate, rename } from './naming.ts';
import { andPages, pagesAtEnd, pagesAtReopening } from './page-endings.ts';
import { pageNote, pageShown, pageState, pageTaker, pageWay } from './page-reports.ts';
import { askPage, checkPage, escalatePage, pagesAtDeclare, takePage } from './paging.ts';
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
import { changeSeverity, changeStatus, correctTime, stateImpact } from './standing.ts';
import { addTask, changeTask, dropTask, finishTask, reopenTask } from './tasks.ts';
import { addToTimeline, changeTimeline, removeFromTimeline } from './timeline-changes.ts';
import { postUpdate, requestUpdate } from './updates.ts';

/** What an incident answers to a command. Pure: the whole rule book is below and in the files this imports. */
export function decide(incident: Incident, command: Command, now: Date, policy: Policy): Decision {
  const ending = (decision: Decision, how: 'resolve' | 'merge' = 'resolve') =>
    andPages(decision, () => pagesAtEnd(incident, how, now, policy));
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
      return ending(resolve(incident, command, now, policy));
    case 'reopen':
      return andPages(reopen(incident, command, now, policy), () => pagesAtReopening(incident, now, policy));
    case 'close':
      return close(incident, command);
    case 'decline':
      return ending(decline(incident, command));
    case 'cancel':
      return ending(cancel(incident, command));
    case 'merge':
      return ending(merge(incident, command), 'merge');
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
    case 'askPage':
      return askPage(incident, command, policy);
    case 'takePage':
      return takePage(incident, command, now);
    case 'escalatePage':
      return escalatePage(incident, command, now);
    case 'checkPage':
      return checkPage(incident, command, now, policy);
    case 'reportPageWay':
      return pageWay(incident, command, policy);
    case 'reportPageState':
      return pageState(incident, command, now, policy);
    case 'reportPageNote':
      return pageNote(incident, command);
    case 'reportPageShown':
      return pageShown(incident, command);
    case 'reportPageTaker':
      return pageTaker(incident, command);
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

function declare(incident: Incident, command: Declare, now: Date, policy: Policy): Decision {
  // An incident is declared once; a second time would undo all that happened since.
  if (incident.version > 0) return nothing;
  // Own keys only: every object has a `constructor`.
  if (command.services.some((service) => !Object.hasOwn(policy.services, service)))
    return { refused: 'unknown-service' };
  const problem = problemWith(command.impact, now, policy.journeys);
  if (problem) return { refused: problem };

  // It rings at this moment, and somebody who is awake must not be told that it is a practice.
  if (command.begun && command.isPractice) return { refused: 'practice-of-a-page' };

  const { type: _, begun, ...asked } = command;
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
        ...(begun && { begun: begunAt(begun) }),
      },
      ...(due ? [promise(due, command.severity, now, policy)] : []),
      ...pagesAtDeclare({ ...incident, ...asked }, policy, begun),
    ],
  };
}
