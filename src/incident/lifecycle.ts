import * as z from 'zod';

/** `triage` is the warm issue: something is wrong and no customer feels it yet. In the order an incident goes through them. */
export const openStatuses = ['triage', 'investigating', 'identified', 'monitoring'] as const;
export type OpenStatus = (typeof openStatuses)[number];

/** How it can end. A declined one never was an incident, a merged one goes on as another; neither counts in metrics. */
export const endStatuses = ['resolved', 'closed', 'declined', 'cancelled', 'merged'] as const;

export const statuses = [...openStatuses, ...endStatuses] as const;
export const Status = z.enum(statuses);
export type Status = z.infer<typeof Status>;

export function isOpen(status: Status): status is OpenStatus {
  return (openStatuses as readonly Status[]).includes(status);
}

export function isOver(incident: { status: Status }): boolean {
  return !isOpen(incident.status);
}

/** What lies between two statuses: people forget to say it, and it is filled in and said. */
export function skipped(from: Status, to: Status): OpenStatus[] {
  const start = openStatuses.indexOf(from as OpenStatus);
  const end = to === 'resolved' ? openStatuses.length : openStatuses.indexOf(to as OpenStatus);
  return openStatuses.slice(start + 1, Math.max(start + 1, end));
}
