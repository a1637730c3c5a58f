import * as z from 'zod';
import { line, longestText, Place, person, visibleLine } from './fields.ts';

/**
 * Something people are to read later: words of their own with a time (`at`), or a message of the channel (`source`). Of a message the
 * record keeps where it is and not what it says, so that what is erased in Slack is erased here.
 */
export const AddToTimeline = z.object({
  type: z.literal('addToTimeline'),
  text: visibleLine(longestText).optional(),
  at: z.date().optional(),
  source: Place.optional(),
});
export type AddToTimeline = z.infer<typeof AddToTimeline>;

/** Nobody points at the message any more. */
export const RemoveFromTimeline = z.object({ type: z.literal('removeFromTimeline'), source: Place });
export type RemoveFromTimeline = z.infer<typeof RemoveFromTimeline>;

/** What was said was erased, on whose word the record says. `of`: all that a person said, all of the incident, or one message. */
export const ReportErased = z.object({
  type: z.literal('reportErased'),
  of: z.enum(['message', 'person', 'incident']),
  count: z.number().int().positive(),
  person: person.optional(),
  source: Place.optional(),
});
export type ReportErased = z.infer<typeof ReportErased>;

/** How an entry reads, when it was, or whether it is shown; what is left out stays. `entry`: its id (timeline.ts). */
export const ChangeTimeline = z.object({
  type: z.literal('changeTimeline'),
  entry: z.string().min(1),
  text: visibleLine(longestText).optional(),
  at: z.date().optional(),
  hidden: z.boolean().optional(),
  reason: line(longestText).default(''),
});
export type ChangeTimeline = z.infer<typeof ChangeTimeline>;
