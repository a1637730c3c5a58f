import * as z from 'zod';
import { line, longestText, person } from './fields.ts';

/** A role by its key in the policy. */
const role = z.string().min(1);

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
