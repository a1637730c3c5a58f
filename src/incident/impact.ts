import * as z from 'zod';

/** One stretch of time in which customers felt it. What nobody knows is absent, never guessed. */
export const Interval = z.object({
  /** Absent: felt, nobody knows since when. */
  started: z.date().optional(),
  /** Absent on an incident that is over: over, nobody knows since when. */
  ended: z.date().optional(),
  /** Per cent of the customers. */
  share: z.number().min(0).max(100).optional(),
  /** What they could not do, by the keys of the policy. */
  journeys: z.array(z.string()).optional(),
});
export type Interval = z.infer<typeof Interval>;

/** What customers feel: the clock that every duration starts from. */
export const Impact = z.discriminatedUnion('felt', [
  z.object({ felt: z.literal('no') }),
  z.object({ felt: z.literal('unknown') }),
  z.object({ felt: z.literal('yes'), ...Interval.shape }),
]);
export type Impact = z.infer<typeof Impact>;

export type ImpactProblem =
  | 'impact-starts-in-the-future'
  | 'impact-ends-in-the-future'
  | 'impact-ends-before-it-starts'
  | 'unknown-journey';

/** People's clocks and Slack's differ by seconds; a time this little ahead is now. */
const tolerance = 60_000;

/** `journeys`: those that the policy knows. */
export function problemWith(impact: Impact, now: Date, journeys: object = {}): ImpactProblem | undefined {
  if (impact.felt !== 'yes') return undefined;
  const latest = now.getTime() + tolerance;
  if (impact.started && impact.started.getTime() > latest) return 'impact-starts-in-the-future';
  if (impact.ended && impact.ended.getTime() > latest) return 'impact-ends-in-the-future';
  if (impact.started && impact.ended && impact.ended < impact.started) return 'impact-ends-before-it-starts';
  if (impact.journeys?.some((journey) => !Object.hasOwn(journeys, journey))) return 'unknown-journey';
  return undefined;
}

export function sameImpact(one: Impact, other: Impact): boolean {
  if (one.felt !== 'yes' || other.felt !== 'yes') return one.felt === other.felt;
  return (
    one.started?.getTime() === other.started?.getTime() &&
    one.ended?.getTime() === other.ended?.getTime() &&
    one.share === other.share &&
    String(one.journeys ?? []) === String(other.journeys ?? [])
  );
}

/** They felt it, it ended, and now they feel it again: a stretch of its own, or the quiet between would count as felt. */
export function beginsAnew(said: Impact, before: Impact, again = false): boolean {
  if (said.felt !== 'yes' || before.felt !== 'yes' || !before.ended) return false;
  return said.started ? said.started >= before.ended : again;
}

/** Milliseconds that customers felt it so far; undefined when it was not felt or nobody knows. */
export function impactDuration(impact: Impact, now: Date): number | undefined {
  if (impact.felt !== 'yes' || !impact.started) return undefined;
  return Math.max(0, (impact.ended ?? now).getTime() - impact.started.getTime());
}
