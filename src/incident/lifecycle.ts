import { z } from 'zod';

/** `triage` is the warm issue: something is wrong and no customer feels it yet. */
export const statuses = ['triage', 'investigating', 'identified', 'monitoring', 'resolved'] as const;
export const Status = z.enum(statuses);
export type Status = z.infer<typeof Status>;

export const openStatuses = statuses.filter((status) => status !== 'resolved');

export function isOver(incident: { status: Status }): boolean {
  return incident.status === 'resolved';
}
