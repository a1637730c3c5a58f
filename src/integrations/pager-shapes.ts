/** What a pager and we say to one another, in our words. An integration turns its service's own words into these. */

export interface Named {
  id: string;
  name: string;
}

/** Somebody with an account at the pager. */
export interface PagerPerson extends Named {
  /** A pager shows it in lists of people, and not in everything that names one. */
  email?: string | undefined;
}

/** By what an alert is known: repeats of one dedup key behind one routing key fold into one alert. */
export interface AlertKey {
  /** The name of a routing key, never the key itself: `default`, `second` or one of PAGERDUTY_ROUTING_KEYS. */
  routingKey: string;
  /** At most 255 characters. Once the alert is resolved, the same key opens a new one. */
  dedupKey: string;
}

export type AlertSeverity = 'critical' | 'error' | 'warning' | 'info';

export interface NewAlert extends AlertKey {
  /** Shortened to what the pager takes. */
  summary: string;
  severity: AlertSeverity;
  /** Where it comes from: a host name, such as that of PUBLIC_URL. */
  source: string;
  at?: Date | undefined;
  links: { href: string; text: string }[];
  details: Record<string, string>;
}

/** A page to a chosen escalation policy or to chosen people. */
export interface NewPage {
  /** Ours, one for each page: by it the pager refuses a twin while the first is open, and it is found again after a lost reply. */
  key: string;
  title: string;
  details: string;
  /** Every incident of a pager belongs to a service. */
  service: string;
  whom: Rung;
  urgency: Urgency;
  priority?: string | undefined;
  /** The e-mail of the person who asks, where they have an account; PAGERDUTY_FROM otherwise. */
  as?: string | undefined;
}

/** Whom the pager rings, by its id. */
export type Rung = { escalationPolicy: string } | { person: string };

export type Urgency = 'high' | 'low';
export type PagerStatus = 'ringing' | 'acknowledged' | 'resolved';

/** An incident at the pager, as it stands. */
export interface PagerIncident {
  id: string;
  number: number;
  title: string;
  url: string;
  status: PagerStatus;
  /** Ours, of those made by `page`. Those made by an alert have it on the alert. */
  key?: string | undefined;
  urgency: Urgency;
  priority?: Named | undefined;
  service?: Named | undefined;
  escalationPolicy?: Named | undefined;
  assigned: PagerPerson[];
  acknowledged: { person: PagerPerson; at: Date }[];
  /** Undefined where a person, a service or a rule did it that is no account of the pager's. */
  resolvedBy?: PagerPerson | undefined;
  /** Resolved because it was merged into this one. */
  mergedInto?: string | undefined;
  createdAt: Date;
  changedAt: Date;
}

/** Somebody more, asked to help with an incident that rings already. PagerDuty calls them responders. */
export interface HelpWanted extends InNameOf {
  whom: Rung;
  message: string;
}

/** Somebody who was asked, and what they said. Of an escalation policy each that it rang is one. */
export interface Helper {
  person: PagerPerson;
  /** The id of whom the request named: their own, or that of an escalation policy. */
  named: string;
  /** The same for all whom one request rings; by it a request is told from another. */
  askedAt: Date;
  answer: ResponderAnswer;
  /** When they said so, or were asked. */
  at: Date;
}

/** In whose name something is done: an e-mail that the pager knows, or PAGERDUTY_FROM where it is left out. */
export interface InNameOf {
  as?: string | undefined;
}

/** Whose duty is asked for, by the pager's id. */
export type DutyOf = { escalationPolicy: string } | { schedule: string } | { service: string };

export interface OnDuty {
  person: PagerPerson;
  schedule?: Named | undefined;
  /** Undefined: always. */
  from?: Date | undefined;
  until?: Date | undefined;
}

/** One level of an escalation policy; a schedule by itself has one. */
export interface DutyLevel {
  level: number;
  now: OnDuty[];
  next: OnDuty[];
}

export const pagerEvents = [
  'triggered',
  'acknowledged',
  'unacknowledged',
  'escalated',
  'reassigned',
  'delegated',
  'priority-changed',
  'annotated',
  'reopened',
  'resolved',
  'merged',
  'responder-added',
  'responder-replied',
  'status-update',
] as const;
export type PagerEventKind = (typeof pagerEvents)[number];

/** Something happened to an incident at the pager. */
export interface PagerEvent {
  /** The same over all repeats. */
  id: string;
  kind: PagerEventKind;
  at: Date;
  incident: PagerEventIncident;
  /** Who did it; undefined where the pager did by itself, as when it escalates. */
  by?: PagerPerson | undefined;
  /** The words of a note or of a status update. */
  text?: string | undefined;
  responder?:
    | { person?: PagerPerson | undefined; escalationPolicy?: Named | undefined; answer: ResponderAnswer }
    | undefined;
  /** Of `merged`. */
  mergedInto?: string | undefined;
}

/** `cancelled`: whoever asked needs them no more, which is no answer of theirs. */
export type ResponderAnswer = 'asked' | 'accepted' | 'declined' | 'cancelled';

/** What an event says of the incident; the words of a note, for one, come with the id and link alone. */
export interface PagerEventIncident {
  id: string;
  url?: string | undefined;
  number?: number | undefined;
  title?: string | undefined;
  status?: PagerStatus | undefined;
  key?: string | undefined;
  urgency?: Urgency | undefined;
  priority?: Named | undefined;
  service?: Named | undefined;
  escalationPolicy?: Named | undefined;
  assigned: PagerPerson[];
  createdAt?: Date | undefined;
}

/** What is said by a second way, when the pager does not accept. */
export interface SecondMessage {
  /** Ours, the same over all attempts: whoever receives it twice can see that it is one. */
  key: string;
  /** One line. */
  subject: string;
  text: string;
  link?: string | undefined;
  severity?: string | undefined;
  /** Our incident's number. */
  incident?: number | undefined;
}
