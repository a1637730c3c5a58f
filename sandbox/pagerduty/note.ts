/** What every change leaves behind: a line in the incident's log, and a webhook. */
import type { Account } from './account.ts';
import type { By, PagerIncident, PagerLogEntry } from './wire.ts';

/** Epoch ms on the sandbox clock; what the clock did happened when it was due, however far it was wound. */
export type When = { by: By; at: number };

/** `data` where it is not the incident itself. */
export type Emit = (
  type: string,
  incident: PagerIncident,
  when: When,
  data?: (incident: PagerIncident) => Record<string, unknown>,
) => void;

export type Book = {
  account: Account;
  emit: Emit;
  now: () => number;
  /** plans what the clock will do to an incident */
  plan: (incident: PagerIncident) => void;
};

export function log(
  account: Account,
  incident: PagerIncident,
  type: string,
  { by, at }: When,
  more: Partial<Pick<PagerLogEntry, 'users' | 'note'>> = {},
) {
  incident.log.push({ id: account.nextId('R'), type: `${type}_log_entry`, at, by, users: [], ...more });
}

export function setStatus(incident: PagerIncident, status: PagerIncident['status'], { by, at }: When) {
  incident.status = status;
  incident.changedAt = at;
  incident.changedBy = by;
}
