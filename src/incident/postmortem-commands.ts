import * as z from 'zod';
import { longestText, person, visibleLine } from './fields.ts';

export const NamePostmortemOwner = z.object({ type: z.literal('namePostmortemOwner'), person });
export type NamePostmortemOwner = z.infer<typeof NamePostmortemOwner>;
/** It is ready to be read by others. */
export const ReviewPostmortem = z.object({ type: z.literal('reviewPostmortem') });
export type ReviewPostmortem = z.infer<typeof ReviewPostmortem>;
export const PublishPostmortem = z.object({ type: z.literal('publishPostmortem') });
export type PublishPostmortem = z.infer<typeof PublishPostmortem>;
/** Something in what was published has to change. */
export const ReopenPostmortem = z.object({ type: z.literal('reopenPostmortem'), reason: visibleLine(longestText) });
export type ReopenPostmortem = z.infer<typeof ReopenPostmortem>;
/** The draft is in the database: the worker says so. */
export const ReportPostmortemDrafted = z.object({ type: z.literal('reportPostmortemDrafted') });
