import * as z from 'zod';
import { line, longestText, person, visibleLine } from './fields.ts';

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
