import * as z from 'zod';
import { line, longestText, number, Place, person, visibleLine } from './fields.ts';

/** What it does about the next time: keep it from happening, see it sooner, make it harmless, or work better together. */
export const followUpKinds = ['prevent', 'detect', 'mitigate', 'process'] as const;
export const FollowUpKind = z.enum(followUpKinds);
export type FollowUpKind = z.infer<typeof FollowUpKind>;

export const priorities = ['high', 'medium', 'low'] as const;
export const Priority = z.enum(priorities);
export type Priority = z.infer<typeof Priority>;

export const longestFollowUp = 500;

const fields = {
  text: visibleLine(longestFollowUp),
  kind: FollowUpKind,
  priority: Priority,
  owner: person,
  due: z.date(),
  /** How people will see that it is done. */
  proof: line(longestText),
};

/** Left out, `kind` is process, `priority` medium, and `due` what the policy says for the severity. */
export const AddFollowUp = z.object({
  type: z.literal('addFollowUp'),
  text: fields.text,
  kind: fields.kind.default('process'),
  priority: fields.priority.default('medium'),
  owner: fields.owner.optional(),
  due: fields.due.optional(),
  proof: fields.proof.default(''),
  /** The message it was made from. */
  source: Place.optional(),
  /** The task it goes on from. */
  task: number.optional(),
});
export type AddFollowUp = z.infer<typeof AddFollowUp>;

/** What is left out stays; null leaves it without an owner. */
export const ChangeFollowUp = z.object({
  type: z.literal('changeFollowUp'),
  number,
  text: fields.text.optional(),
  kind: fields.kind.optional(),
  priority: fields.priority.optional(),
  owner: fields.owner.nullable().optional(),
  due: fields.due.optional(),
  proof: fields.proof.optional(),
});
export type ChangeFollowUp = z.infer<typeof ChangeFollowUp>;

export const FinishFollowUp = z.object({ type: z.literal('finishFollowUp'), number });
export type FinishFollowUp = z.infer<typeof FinishFollowUp>;
export const ReopenFollowUp = z.object({ type: z.literal('reopenFollowUp'), number });
export type ReopenFollowUp = z.infer<typeof ReopenFollowUp>;
/** It will not be done: why stays in the record. */
export const DropFollowUp = z.object({
  type: z.literal('dropFollowUp'),
  number,
  reason: line(longestText).default(''),
});
export type DropFollowUp = z.infer<typeof DropFollowUp>;

/** The tasks that are left go on as follow-ups, each once. */
export const CarryOverTasks = z.object({ type: z.literal('carryOverTasks') });

/** A tracker has it now. */
export const ReportTicket = z.object({
  type: z.literal('reportTicket'),
  number,
  ticket: z.object({ tracker: z.string(), key: z.string(), url: z.url({ protocol: /^https?$/ }) }),
});
export type ReportTicket = z.infer<typeof ReportTicket>;
