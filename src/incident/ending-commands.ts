import * as z from 'zod';
import { line, longestText, person } from './fields.ts';
import { Impact } from './impact.ts';

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
