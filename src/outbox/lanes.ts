/** Which work goes first when there is more than can be sent at once. The number is what the outbox sorts by. */
export const lanes = { page: 0, declare: 1, channel: 2, cosmetic: 3 } as const;

export type Lane = keyof typeof lanes;

const names = Object.keys(lanes) as Lane[];

export function laneOf(number: number): Lane {
  return names.find((lane) => lanes[lane] === number) ?? 'cosmetic';
}
