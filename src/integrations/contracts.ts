import type { FollowUpKind, Priority } from '../incident/follow-up-commands.ts';
import type { Ticket } from '../incident/incident.ts';

/** What an integration is given of a follow-up to make a ticket of. People are Slack's ids; a tracker knows them by other names. */
export interface NewTicket {
  /** Ours, one for each follow-up, kept with the ticket: by it the ticket is found again after a lost reply. */
  key: string;
  title: string;
  /** Markdown: what is to be done, how people see that it is, and where it comes from. */
  description: string;
  kind: FollowUpKind;
  priority: Priority;
  due: Date;
  owner?: string | undefined;
  /** Such as `sev1` and `incident-7`. */
  labels: string[];
}

/**
 * Where follow-ups are kept outside. An integration reacts to `followUpAdded` with an effect that calls `createTicket`, looks by
 * `findTicket` before it sends again, and reports `reportTicket`; a change out there comes back as `finishFollowUp` or
 * `reopenFollowUp`. Until then people name the ticket themselves: `/incident followup 3 https://…`.
 */
export interface Tracker {
  name: string;
  createTicket(ticket: NewTicket): Promise<Ticket>;
  /** The one with our key, if it is there. */
  findTicket(key: string): Promise<Ticket | undefined>;
  /** Undefined: it is gone. */
  stateOf(ticket: Ticket): Promise<'open' | 'done' | undefined>;
}
