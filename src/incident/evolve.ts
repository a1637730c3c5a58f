import type { EventOf, Happened, IncidentEvent } from './events.ts';
import { changedFollowUp, withFollowUp } from './follow-ups.ts';
import type { Incident } from './incident.ts';
import type { Status } from './lifecycle.ts';
import { pagesAfter } from './page-changes.ts';
import type { Postmortem } from './postmortem.ts';
import { omit, roleAssigned, withoutShadow } from './roles.ts';
import { worse } from './severity.ts';
import { changedTask, withTask } from './tasks.ts';
import { placeKey } from './timeline.ts';

/** The incident after an event. Pure, and total: every event ever recorded can be read again. */
export function evolve(incident: Incident, event: IncidentEvent, happened: Happened): Incident {
  return { ...incident, ...change(incident, event, happened), version: incident.version + 1 };
}

function change(incident: Incident, event: IncidentEvent, { by, at }: Happened): Partial<Incident> {
  switch (event.type) {
    case 'declared':
      return declared(event, { by, at });
    case 'channelNameTaken':
      return { channelName: event.next };
    case 'channelOpened':
      // In a channel that takes the place of one that is gone there is no headline yet.
      return {
        channel: event.channel,
        channelName: event.channel.name,
        channelGone: undefined,
        archivedByUs: undefined,
        channelIsPublic: undefined,
        ...(event.instead && { hasMoved: true }),
        headline: undefined,
      };
    case 'headlinePosted':
      return { headline: event.at };
    case 'headlineGone':
      return { headline: undefined };
    case 'announcementPosted':
      return { announcement: event.at };
    case 'updatePosted':
      return {
        updateCount: event.number,
        latestUpdate: { number: event.number, text: event.text, by, at },
        updateRequests: [],
        reminder: undefined,
      };
    case 'nextUpdateDueChanged':
      return { nextUpdateDue: event.due, reminder: event.due && reminderOf(incident, event) };
    case 'updateReminded':
      return {
        reminder: { ...incident.reminder, remindAt: undefined, remindedTo: event.person, escalateAt: event.escalateAt },
      };
    case 'updateFellDue':
      return { reminder: { ...incident.reminder, fellDue: true } };
    case 'updateEscalated':
      return { reminder: { ...incident.reminder, escalateAt: undefined, escalatedTo: event.person } };
    case 'updateSnoozed':
      return { reminder: { ...incident.reminder, remindAt: event.until } };
    case 'updateClaimed':
      return {
        reminder: {
          ...incident.reminder,
          remindAt: undefined,
          claimedBy: event.person,
          escalateAt: event.escalateAt,
        },
      };
    case 'updateRequested':
      return { updateRequests: [...incident.updateRequests, { by: event.person, question: event.question, at }] };
    case 'statusChanged':
      return reach(incident, event.to, at);
    case 'severityChanged':
      return { severity: event.to, highestSeverity: worse(event.to, incident.highestSeverity) };
    case 'impactStated':
      return { impact: event.impact };
    case 'impactBegan':
      return { impact: event.impact, earlierImpacts: [...incident.earlierImpacts, ...endedStretch(incident)] };
    case 'timeCorrected':
      return timeCorrected(incident, event);
    case 'resolved':
      return {
        ...ended(incident, 'resolved', at),
        resolvedBy: by,
        resolvedAt: at,
        ...(event.owner && { postmortemOwner: event.owner }),
      };
    case 'reopened':
      return { ...reach(incident, 'investigating', at), resolvedBy: undefined, resolvedAt: undefined };
    case 'closed':
    case 'declined':
    case 'cancelled':
      return ended(incident, event.type, at);
    case 'merged':
      return { ...ended(incident, 'merged', at), mergedInto: event.into };
    case 'absorbed':
      return { absorbed: [...incident.absorbed, event.other] };
    case 'roleAssigned':
      return roleAssigned(incident, event, at);
    case 'roleFreed':
      return { roles: omit(incident.roles, event.role), handovers: omit(incident.handovers, event.role) };
    case 'shadowingStarted':
      return {
        shadows: { ...incident.shadows, [event.role]: [...(incident.shadows[event.role] ?? []), event.person] },
      };
    case 'shadowingEnded':
      return { shadows: withoutShadow(incident, event) };
    case 'handoverOffered': {
      const { type: _, role, ...offer } = event;
      return { handovers: { ...incident.handovers, [role]: { ...offer, by, at } } };
    }
    case 'handoverDeclined':
    case 'handoverWithdrawn':
      return { handovers: omit(incident.handovers, event.role) };
    case 'taskAdded': {
      const { type: _, ...task } = event;
      return { tasks: [...incident.tasks, { ...task, by, at }], taskCount: event.number };
    }
    case 'taskChanged':
      return { tasks: withTask(incident, event.number, (task) => changedTask(task, event)) };
    case 'taskFinished':
      return { tasks: withTask(incident, event.number, (task) => ({ ...task, done: { by, at } })) };
    case 'taskReopened':
      return { tasks: withTask(incident, event.number, (task) => ({ ...task, done: undefined })) };
    case 'taskDropped':
      return { tasks: incident.tasks.filter((task) => task.number !== event.number) };
    case 'timelineAdded':
      return event.source ? { timelineSources: [...incident.timelineSources, placeKey(event.source)] } : {};
    case 'timelineRemoved': {
      const gone = placeKey(event.source);
      return { timelineSources: incident.timelineSources.filter((one) => one !== gone) };
    }
    case 'timelineChanged':
    case 'messagesErased':
      return {};
    case 'followUpAdded': {
      const { type: _, ...followUp } = event;
      return {
        followUps: [...incident.followUps, { ...followUp, by, at }],
        followUpCount: event.number,
        // It goes on as this, and is no task any more.
        ...(event.task !== undefined && { tasks: incident.tasks.filter(({ number }) => number !== event.task) }),
      };
    }
    case 'followUpChanged':
      return { followUps: withFollowUp(incident, event.number, (one) => changedFollowUp(one, event)) };
    case 'followUpFinished':
      return { followUps: withFollowUp(incident, event.number, (one) => ({ ...one, done: { by, at } })) };
    case 'followUpReopened':
      return { followUps: withFollowUp(incident, event.number, (one) => ({ ...one, done: undefined })) };
    case 'followUpTicketed':
      return { followUps: withFollowUp(incident, event.number, (one) => ({ ...one, ticket: event.ticket })) };
    case 'followUpDropped':
      return { followUps: incident.followUps.filter((one) => one.number !== event.number) };
    case 'pageAsked':
    case 'pageFound':
    case 'pageAccepted':
    case 'pageFailed':
    case 'pageLinked':
    case 'pageShown':
    case 'pageUntaken':
    case 'pageAcknowledged':
    case 'pageDeclined':
    case 'pageUnacknowledged':
    case 'pageEscalated':
    case 'pageReassigned':
    case 'pageResolved':
    case 'pageReopened':
    case 'pageAnnotated':
    case 'pageTakerKnown':
      return { pages: pagesAfter(incident.pages, event, { by, at }) };
    case 'postmortemOwnerNamed':
      return { postmortemOwner: event.person };
    case 'postmortemDrafted': {
      const { type: _, ...dates } = event;
      return { postmortem: { status: 'draft', draftedAt: at, ...dates } };
    }
    case 'postmortemInReview':
      return withPostmortem(incident, { status: 'in-review' });
    case 'postmortemPublished':
      return withPostmortem(incident, { status: 'published', publishedAt: at });
    case 'postmortemReopened':
      return withPostmortem(incident, { status: 'draft', publishedAt: undefined });
    case 'linkAdded':
      return { links: [...incident.links, { title: event.title, url: event.url }] };
    case 'linkRemoved':
      return { links: incident.links.filter((link) => link.url !== event.url) };
    case 'related':
      return { related: [...incident.related, event.other] };
    case 'renamed':
      return { title: event.to, channelName: event.channelName, firstChannelName: event.channelName };
    case 'madePrivate':
      return madePrivate(incident, event);
    case 'channelRenamed':
      return incident.channel ? { channel: { ...incident.channel, name: event.name } } : {};
    case 'channelGone':
      return { channelGone: event.how, archivedByUs: event.ours };
    case 'channelBack':
      return { channelGone: undefined, archivedByUs: undefined };
    case 'troubleReported':
      return {
        troubles: [...without(incident, event.effect), { effect: event.effect, what: event.what, why: event.why, at }],
      };
    case 'troubleCleared':
      return { troubles: without(incident, event.effect) };
    case 'personJoined':
      return { members: [...incident.members, event.person] };
    case 'personLeft':
      return { members: incident.members.filter((member) => member !== event.person) };
  }
}

function declared({ type: _, ...event }: EventOf<'declared'>, { by, at }: Happened): Partial<Incident> {
  return {
    ...event,
    highestSeverity: event.severity,
    firstChannelName: event.channelName,
    declaredBy: by,
    declaredAt: at,
    // It rang, so somebody or something had seen it.
    ...(event.begun && { detectedAt: event.begun.at }),
    reached: { [event.status]: at },
  };
}

/** The first time counts: a status that is reached again after a reopening was reached before. */
function reach(incident: Incident, status: Status, at: Date): Partial<Incident> {
  return { status, reached: { [status]: at, ...incident.reached } };
}

/** Once it is over, no update is owed and nobody waits to take a role. */
function ended(incident: Incident, status: Status, at: Date): Partial<Incident> {
  return {
    status,
    reached: { ...incident.reached, [status]: at },
    nextUpdateDue: undefined,
    reminder: undefined,
    handovers: {},
  };
}

/** Of the same promise, what was done about it stays done. */
function reminderOf(
  { nextUpdateDue, reminder }: Incident,
  { due, remindAt, escalateAt }: EventOf<'nextUpdateDueChanged'>,
): Incident['reminder'] {
  if (!reminder || nextUpdateDue?.getTime() !== due?.getTime()) return { remindAt, escalateAt };
  return {
    ...reminder,
    ...(reminder.remindAt && { remindAt }),
    ...(reminder.escalateAt && { escalateAt }),
  };
}

function madePrivate(incident: Incident, { channelName = incident.channelName }: EventOf<'madePrivate'>) {
  const channelIsPublic = incident.channel ? (true as const) : undefined;
  return { isPrivate: true, channelIsPublic, channelName, firstChannelName: channelName };
}

function timeCorrected({ reached }: Incident, { of, to }: EventOf<'timeCorrected'>): Partial<Incident> {
  return { [`${of}At`]: to, ...(of === 'resolved' && { reached: { ...reached, resolved: to } }) };
}

function endedStretch({ impact }: Incident) {
  if (impact.felt !== 'yes') return [];
  const { felt: _, ...stretch } = impact;
  return [stretch];
}

const withPostmortem = ({ postmortem }: Incident, change: Partial<Postmortem>): Partial<Incident> =>
  postmortem ? { postmortem: { ...postmortem, ...change } } : {};

const without = (incident: Incident, effect: string) =>
  incident.troubles.filter((trouble) => trouble.effect !== effect);
