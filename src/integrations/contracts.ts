import type { FollowUpKind, Priority } from '../incident/follow-up-commands.ts';
import type { Ticket } from '../incident/incident.ts';
import type {
  AlertKey,
  DutyLevel,
  DutyOf,
  Helper,
  HelpWanted,
  InNameOf,
  Named,
  NewAlert,
  NewPage,
  PagerIncident,
  PagerPerson,
  Rung,
  SecondMessage,
} from './pager-shapes.ts';

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

/**
 * Wakes people through a service for it. All of it may be done again after an unknown outcome: alerts fold by their dedup key, and
 * the rest leaves the incident as it is already. Failures are those of outbox/failures.ts, with `RefusedToken` and `Gone` of http.ts
 * among them. Whatever a person has to be able to undo is done in their name where they have an account (`as`).
 */
export interface Pager {
  name: string;
  /** Resolves when the pager has accepted it. That needs a routing key and no token. */
  trigger(alert: NewAlert): Promise<void>;
  /** Nothing happens, and no error, when no such alert is open. */
  acknowledgeAlert(alert: AlertKey): Promise<void>;
  resolveAlert(alert: AlertKey): Promise<void>;
  /** What needs a token; undefined without one. */
  incidents: PagerIncidents | undefined;
}

/** Incidents at the pager, by its ids. What is already so is done: a resolved one can be resolved again, and stays resolved. */
export interface PagerIncidents {
  /** Gives the open one with that key when there is one. */
  page(page: NewPage): Promise<PagerIncident>;
  /** By the key of a page or the dedup key of an alert; an open one before a resolved, a newer before an older. */
  find(key: string): Promise<PagerIncident | undefined>;
  /** Undefined: it is gone. */
  get(id: string): Promise<PagerIncident | undefined>;
  acknowledge(id: string, by: InNameOf): Promise<PagerIncident>;
  resolve(id: string, by: InNameOf): Promise<PagerIncident>;
  /** Rings again. */
  reopen(id: string, by: InNameOf): Promise<PagerIncident>;
  /** The level after the one that is paged now; undefined at the last. To be kept before `escalate`, so that a repeat goes no further. */
  nextLevel(id: string): Promise<number | undefined>;
  escalate(id: string, to: InNameOf & { level: number }): Promise<PagerIncident>;
  /** The others are resolved into it. PagerDuty does so with those that alerts opened; a page it refuses, and it is to be resolved by itself. */
  merge(id: string, others: string[], by: InNameOf): Promise<PagerIncident>;
  /** Rings them for an open incident, and gives whom and when, by the pager's clock. A repeat rings them again: look by `helpers` before. */
  askForHelp(id: string, wanted: HelpWanted): Promise<{ people: PagerPerson[]; at: Date }>;
  /** Who was asked to help with it, the latest last; empty when it is gone. */
  helpers(id: string): Promise<Helper[]>;
  /** Those of them who have not answered are rung no more. */
  cancelHelp(id: string, of: InNameOf & { whom: Rung }): Promise<void>;
  setPriority(id: string, to: InNameOf & { priority: string }): Promise<PagerIncident>;
  /** A note with the very same words is left out when it is there already. */
  note(id: string, words: InNameOf & { text: string }): Promise<void>;
  hasNote(id: string, text: string): Promise<boolean>;
  /** Goes to those who subscribed. A repeat is sent again: look by `hasStatusUpdate` before. */
  statusUpdate(id: string, words: InNameOf & { text: string }): Promise<void>;
  /** With the very same words, since then. */
  hasStatusUpdate(id: string, text: string, since: Date): Promise<boolean>;
}

/** Who is on call, and what there is to choose from. */
export interface OnCall {
  /** Lowest level first; empty when nobody is ever on call. */
  duty(of: DutyOf, now: Date): Promise<DutyLevel[]>;
  personByEmail(email: string): Promise<PagerPerson | undefined>;
  person(id: string): Promise<PagerPerson | undefined>;
  services(): Promise<(Named & { escalationPolicy?: Named | undefined })[]>;
  escalationPolicies(): Promise<Named[]>;
  schedules(): Promise<Named[]>;
  /** The gravest first; empty where the account has none. */
  priorities(): Promise<Named[]>;
}

/** Another way to reach people, when the pager does not accept. */
export interface SecondWay {
  kind: 'mail' | 'webhook';
  /** Where it goes, for people, without secrets: `oncall@example.com`, `hooks.example.com`. */
  to: string;
  /** What the other side said when it took it: `250 queued`. Throws one of outbox/failures.ts. */
  send(message: SecondMessage): Promise<string>;
}
