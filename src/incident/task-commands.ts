import * as z from 'zod';
import { number, Place, person, visibleLine } from './fields.ts';

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
