import { z } from 'zod';
import { Impact } from './impact.ts';
import { Status } from './lifecycle.ts';
import { Severity } from './severity.ts';

const Place = z.object({ channel: z.string(), ts: z.string() });

/** Slack's own limit for the title of anything is far higher; this keeps a headline (150 characters) and a list readable. */
export const longestTitle = 300;
/** Slack's limit for one section of a message. */
export const longestText = 3000;

const line = (max: number) => z.string().trim().max(max);
/** Blanks that nobody can see say nothing, though they are characters. */
const visibleLine = (max: number) => line(max).regex(/[\p{L}\p{N}\p{P}\p{S}]/u, 'something to be seen');

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

export const PostUpdate = z.object({ type: z.literal('postUpdate'), text: visibleLine(longestText) });
export type PostUpdate = z.infer<typeof PostUpdate>;

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

/** `impact` is what people know at the end: felt or not, from when to when, as far as known. */
export const Resolve = z.object({ type: z.literal('resolve'), impact: Impact, note: line(longestText).default('') });
export type Resolve = z.infer<typeof Resolve>;

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
export const ReportJoined = z.object({ type: z.literal('reportJoined'), person: z.string() });
export const ReportLeft = z.object({ type: z.literal('reportLeft'), person: z.string() });

export const Command = z.discriminatedUnion('type', [
  Declare,
  PostUpdate,
  ChangeStatus,
  ChangeSeverity,
  Resolve,
  ReportChannelOpened,
  ReportChannelNameTaken,
  ReportHeadlinePosted,
  ReportHeadlineGone,
  ReportAnnouncementPosted,
  ReportTrouble,
  ReportTroubleOver,
  ReportJoined,
  ReportLeft,
]);
export type Command = z.infer<typeof Command>;
