import { z } from 'zod';

/**
 * What customers feel: the clock that every duration starts from. A time that nobody knows is absent, never guessed:
 * `started` absent means "felt, nobody knows since when"; `ended` absent on a resolved incident, "over, nobody knows since when".
 */
export const Impact = z.discriminatedUnion('felt', [
  z.object({ felt: z.literal('no') }),
  z.object({ felt: z.literal('unknown') }),
  z.object({ felt: z.literal('yes'), started: z.date().optional(), ended: z.date().optional() }),
]);
export type Impact = z.infer<typeof Impact>;

export type ImpactProblem =
  | 'impact-starts-in-the-future'
  | 'impact-ends-in-the-future'
  | 'impact-ends-before-it-starts';

/** People's clocks and Slack's differ by seconds; a time this little ahead is now. */
const tolerance = 60_000;

export function problemWith(impact: Impact, now: Date): ImpactProblem | undefined {
  if (impact.felt !== 'yes') return undefined;
  const latest = now.getTime() + tolerance;
  if (impact.started && impact.started.getTime() > latest) return 'impact-starts-in-the-future';
  if (impact.ended && impact.ended.getTime() > latest) return 'impact-ends-in-the-future';
  if (impact.started && impact.ended && impact.ended < impact.started) return 'impact-ends-before-it-starts';
  return undefined;
}

/** Milliseconds that customers felt it so far; undefined when it was not felt or nobody knows. */
export function impactDuration(impact: Impact, now: Date): number | undefined {
  if (impact.felt !== 'yes' || !impact.started) return undefined;
  return Math.max(0, (impact.ended ?? now).getTime() - impact.started.getTime());
}
