import * as z from 'zod';
import { line, longestText, longestTitle, number, Place, person, visibleLine } from './fields.ts';
import {
  AddFollowUp,
  CarryOverTasks,
  ChangeFollowUp,
  DropFollowUp,
  FinishFollowUp,
  ReopenFollowUp,
  ReportTicket,
} from './follow-up-commands.ts';
import { Impact } from './impact.ts';
import { Status } from './lifecycle.ts';
import {
  NamePostmortemOwner,
  PublishPostmortem,
  ReopenPostmortem,
  ReportPostmortemDrafted,
  ReviewPostmortem,
} from './postmortem-commands.ts';
import { Severity } from './severity.ts';
import { AddToTimeline, ChangeTimeline, RemoveFromTimeline, ReportErased } from './timeline-commands.ts';

/** A role by its key in the policy. */
const role = z.string().min(1);

export const Declare = z.object({
  type: z.literal('declare'),
  title: visibleLine(longestTitle),
  severity: Severity,
  services: z.array(z.string()).default([]),
  impact: Impact,
  summary: line(longestText).default(''),
  isPrivate: z.boolean().default(false),
  isPractice: z.boolean().default(false),
  source: Place.optional(),
  answerTo: z.string().optional(),
});
export type Declare = z.infer<typeof Declare>;

export const PostUpdate = z.object({
  type: z.literal('postUpdate'),
  text: visibleLine(longestText),
  /** When the next one is promised, in minutes; 0: on change. Left out: as the policy has it. */
  nextInMinutes: z
    .number()
    .int()
    .min(0)
    .max(7 * 24 * 60)
    .optional(),
});
export type PostUpdate = z.infer<typeof PostUpdate>;

export const SnoozeUpdate = z.object({
  type: z.literal('snoozeUpdate'),
  minutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60),
  /** Of which promise the button was: it may have been kept since. */
  due: z.date().optional(),
});
export type SnoozeUpdate = z.infer<typeof SnoozeUpdate>;

/** "I'm on it": nobody is reminded of the update that is due now any more. */
export const ClaimUpdate = z.object({ type: z.literal('claimUpdate'), person, due: z.date().optional() });
export type ClaimUpdate = z.infer<typeof ClaimUpdate>;

/** The clock says so, nobody else: whether somebody is to be told now of an update that is owed. */
export const CheckUpdate = z.object({ type: z.literal('checkUpdate') });

export const RequestUpdate = z.object({
  type: z.literal('requestUpdate'),
  person,
  question: line(longestText).default(''),
});
export type RequestUpdate = z.infer<typeof RequestUpdate>;

export const ChangeStatus = z.object({
  type: z.literal('changeStatus'),
  to: Status,
  note: line(longestText).default(''),
});
export type ChangeStatus = z.infer<typeof ChangeStatus>;

export const ChangeSeverity = z.object({
  type: z.literal('changeSeverity'),
  to: Severity,
  reason: line(longestText).default(''),
});
export type ChangeSeverity = z.infer<typeof ChangeSeverity>;

/** What customers feel, as it is known now. Also the way to correct it later; then `reason` says why. */
export const StateImpact = z.object({
  type: z.literal('stateImpact'),
  impact: Impact,
  /** Customers feel it once more after it had ended, though nobody can say since when. */
  again: z.boolean().optional(),
  reason: line(longestText).default(''),
});
export type StateImpact = z.infer<typeof StateImpact>;

/** The times that people remember better afterwards than they said at the moment. */
export const correctable = ['detected', 'declared', 'resolved'] as const;
export const CorrectTime = z.object({
  type: z.literal('correctTime'),
  of: z.enum(correctable),
  to: z.date(),
  reason: visibleLine(longestText),
});
export type CorrectTime = z.infer<typeof CorrectTime>;

/**
 * `impact` is what people know at the end: felt or not, from when to when, as far as known. `note`: what fixed it. `owner`: who
 * writes the postmortem.
 */
export const Resolve = z.object({
  type: z.literal('resolve'),
  impact: Impact,
  note: line(longestText).default(''),
  owner: person.optional(),
});
export type Resolve = z.infer<typeof Resolve>;

/** `impact`: when customers feel it again, and since when. */
export const Reopen = z.object({
  type: z.literal('reopen'),
  reason: line(longestText).default(''),
  impact: Impact.optional(),
});
export type Reopen = z.infer<typeof Reopen>;
export const Close = z.object({ type: z.literal('close'), note: line(longestText).default('') });
export type Close = z.infer<typeof Close>;
export const Decline = z.object({ type: z.literal('decline'), reason: line(longestText).default('') });
export type Decline = z.infer<typeof Decline>;
export const Cancel = z.object({ type: z.literal('cancel'), reason: line(longestText).default('') });
export type Cancel = z.infer<typeof Cancel>;

/** Put together by the desk, which knows both (`desk.merge`). */
export const Merge = z.object({
  type: z.literal('merge'),
  into: z.object({ id: z.string(), number: z.number(), isOver: z.boolean(), isPrivate: z.boolean() }),
});
export type Merge = z.infer<typeof Merge>;
export const Absorb = z.object({ type: z.literal('absorb'), other: z.object({ id: z.string(), number: z.number() }) });
export type Absorb = z.infer<typeof Absorb>;

export const AssignRoles = z.object({
  type: z.literal('assignRoles'),
  /** Role to person; null leaves it free. A role that is not named stays as it is. */
  assignments: z.record(role, person.nullable()),
  /** Whom it says so of learns the named roles by watching, and no others. */
  shadowing: z.object({ person, roles: z.array(role) }).optional(),
});
export type AssignRoles = z.infer<typeof AssignRoles>;
export const TakeRole = z.object({ type: z.literal('takeRole'), role, person });
export type TakeRole = z.infer<typeof TakeRole>;
export const ShadowRole = z.object({ type: z.literal('shadowRole'), role, person });
export type ShadowRole = z.infer<typeof ShadowRole>;
export const StopShadowing = z.object({ type: z.literal('stopShadowing'), role, person });
export type StopShadowing = z.infer<typeof StopShadowing>;

/** What the next holder must know: how it stands, what we think it is, what to watch. */
export const OfferHandover = z.object({
  type: z.literal('offerHandover'),
  role,
  to: person,
  state: line(longestText).default(''),
  thinking: line(longestText).default(''),
  watch: line(longestText).default(''),
});
export type OfferHandover = z.infer<typeof OfferHandover>;
export const AcceptHandover = z.object({ type: z.literal('acceptHandover'), role, person });
export type AcceptHandover = z.infer<typeof AcceptHandover>;
export const DeclineHandover = z.object({
  type: z.literal('declineHandover'),
  role,
  person,
  reason: line(longestText).default(''),
});
export type DeclineHandover = z.infer<typeof DeclineHandover>;

export const longestTask = 500;
export const AddTask = z.object({
  type: z.literal('addTask'),
  text: visibleLine(longestTask),
  owner: person.optional(),
  due: z.date().optional(),
  /** The message it was made from. */
  source: Place.optional(),
});
export type AddTask = z.infer<typeof AddTask>;
/** Null takes owner or due time away; what is left out stays. */
export const ChangeTask = z.object({
  type: z.literal('changeTask'),
  number,
  text: visibleLine(longestTask).optional(),
  owner: person.nullable().optional(),
  due: z.date().nullable().optional(),
});
export type ChangeTask = z.infer<typeof ChangeTask>;
export const FinishTask = z.object({ type: z.literal('finishTask'), number });
export type FinishTask = z.infer<typeof FinishTask>;
export const ReopenTask = z.object({ type: z.literal('reopenTask'), number });
export type ReopenTask = z.infer<typeof ReopenTask>;
export const DropTask = z.object({ type: z.literal('dropTask'), number });
export type DropTask = z.infer<typeof DropTask>;

export const AddLink = z.object({
  type: z.literal('addLink'),
  title: line(100).default(''),
  url: z.url({ protocol: /^https?$/ }).max(2000),
});
export type AddLink = z.infer<typeof AddLink>;
export const RemoveLink = z.object({ type: z.literal('removeLink'), url: z.string() });
export type RemoveLink = z.infer<typeof RemoveLink>;
export const Relate = z.object({ type: z.literal('relate'), other: z.object({ id: z.string(), number: z.number() }) });
export type Relate = z.infer<typeof Relate>;

export const Rename = z.object({ type: z.literal('rename'), title: visibleLine(longestTitle) });
export type Rename = z.infer<typeof Rename>;
export const MakePrivate = z.object({ type: z.literal('makePrivate') });
export type MakePrivate = z.infer<typeof MakePrivate>;

/** What the worker and Slack's events report back; no person types these. */
export const ReportChannelOpened = z.object({
  type: z.literal('reportChannelOpened'),
  channel: z.object({ id: z.string(), name: z.string() }),
});
export const ReportChannelNameTaken = z.object({ type: z.literal('reportChannelNameTaken'), name: z.string() });
export const ReportHeadlinePosted = z.object({ type: z.literal('reportHeadlinePosted'), at: Place });
export const ReportHeadlineGone = z.object({ type: z.literal('reportHeadlineGone') });
export const ReportAnnouncementPosted = z.object({ type: z.literal('reportAnnouncementPosted'), at: Place });
export const ReportTrouble = z.object({
  type: z.literal('reportTrouble'),
  effect: z.string(),
  what: z.string(),
  why: z.string(),
});
export const ReportTroubleOver = z.object({ type: z.literal('reportTroubleOver'), effect: z.string() });
/** Somebody, or we, renamed the channel in Slack. */
export const ReportChannelRenamed = z.object({ type: z.literal('reportChannelRenamed'), name: z.string() });
export const ReportChannelGone = z.object({
  type: z.literal('reportChannelGone'),
  how: z.enum(['archived', 'deleted', 'bot-removed']),
  /** We did it ourselves, because the incident was closed. */
  ours: z.boolean().optional(),
});
export type ReportChannelGone = z.infer<typeof ReportChannelGone>;
export const ReportChannelBack = z.object({ type: z.literal('reportChannelBack') });
export const ReportJoined = z.object({ type: z.literal('reportJoined'), person: z.string() });
export const ReportLeft = z.object({ type: z.literal('reportLeft'), person: z.string() });

export const Command = z.discriminatedUnion('type', [
  Declare,
  PostUpdate,
  ChangeStatus,
  ChangeSeverity,
  StateImpact,
  CorrectTime,
  Resolve,
  Reopen,
  Close,
  Decline,
  Cancel,
  Merge,
  Absorb,
  AssignRoles,
  TakeRole,
  ShadowRole,
  StopShadowing,
  OfferHandover,
  AcceptHandover,
  DeclineHandover,
  SnoozeUpdate,
  ClaimUpdate,
  CheckUpdate,
  RequestUpdate,
  AddTask,
  ChangeTask,
  FinishTask,
  ReopenTask,
  DropTask,
  AddToTimeline,
  RemoveFromTimeline,
  ChangeTimeline,
  ReportErased,
  AddFollowUp,
  ChangeFollowUp,
  FinishFollowUp,
  ReopenFollowUp,
  DropFollowUp,
  CarryOverTasks,
  ReportTicket,
  NamePostmortemOwner,
  ReviewPostmortem,
  PublishPostmortem,
  ReopenPostmortem,
  ReportPostmortemDrafted,
  AddLink,
  RemoveLink,
  Relate,
  Rename,
  MakePrivate,
  ReportChannelOpened,
  ReportChannelNameTaken,
  ReportHeadlinePosted,
  ReportHeadlineGone,
  ReportAnnouncementPosted,
  ReportTrouble,
  ReportTroubleOver,
  ReportChannelRenamed,
  ReportChannelGone,
  ReportChannelBack,
  ReportJoined,
  ReportLeft,
]);
export type Command = z.infer<typeof Command>;
