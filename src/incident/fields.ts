import * as z from 'zod';

/** What commands are made of. */

export const Place = z.object({ channel: z.string(), ts: z.string() });

/** Slack's own limit for the title of anything is far higher; this keeps a headline (150 characters) and a list readable. */
export const longestTitle = 300;
/** Slack's limit for one section of a message. */
export const longestText = 3000;

export const line = (max: number) => z.string().trim().max(max);
/** Blanks that nobody can see say nothing, though they are characters. */
export const visibleLine = (max: number) => line(max).regex(/[\p{L}\p{N}\p{P}\p{S}]/u, 'something to be seen');

export const person = z.string().min(1);
/** Of a task or a follow-up within its incident. */
export const number = z.number().int().positive();
