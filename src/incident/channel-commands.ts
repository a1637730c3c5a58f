import * as z from 'zod';
import { Place } from './fields.ts';

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
