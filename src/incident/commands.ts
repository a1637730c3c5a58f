import * as z from 'zod';
import { Begun } from './begun.ts';
import {
  ReportAnnouncementPosted,
  ReportChannelBack,
  ReportChannelGone,
  ReportChannelNameTaken,
  ReportChannelOpened,
  ReportChannelRenamed,
  ReportHeadlineGone,
  ReportHeadlinePosted,
  ReportJoined,
  ReportLeft,
  ReportTrouble,
  ReportTroubleOver,
} from './channel-commands.ts';
import { Absorb, Cancel, Close, Decline, Merge, Reopen, Resolve } from './ending-commands.ts';
import { line, longestText, longestTitle, Place, visibleLine } from './fields.ts';
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
  AskPage,
  CheckPage,
  EscalatePage,
  ReportPageNote,
  ReportPageShown,
  ReportPageState,
  ReportPageTaker,
  ReportPageWay,
  TakePage,
} from './page-commands.ts';
import {
  NamePostmortemOwner,
  PublishPostmortem,
  ReopenPostmortem,
  ReportPostmortemDrafted,
  ReviewPostmortem,
} from './postmortem-commands.ts';
import {
  AcceptHandover,
  AssignRoles,
  DeclineHandover,
  OfferHandover,
  ShadowRole,
  StopShadowing,
  TakeRole,
} from './role-commands.ts';
import { Severity } from './severity.ts';
import { AddTask, ChangeTask, DropTask, FinishTask, ReopenTask } from './task-commands.ts';
import { AddToTimeline, ChangeTimeline, RemoveFromTimeline, ReportErased } from './timeline-commands.ts';
import { CheckUpdate, ClaimUpdate, PostUpdate, RequestUpdate, SnoozeUpdate } from './update-commands.ts';

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
  /** It rang at the pager before. */
  begun: Begun.optional(),
});
export type Declare = z.infer<typeof Declare>;

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
  AskPage,
  TakePage,
  EscalatePage,
  CheckPage,
  ReportPageWay,
  ReportPageState,
  ReportPageNote,
  ReportPageShown,
  ReportPageTaker,
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
