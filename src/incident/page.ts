import type { Place } from './incident.ts';
import type { HelpAsked, PageOutside, PageWay, Taker } from './page-commands.ts';

/** Who is woken, as the policy had it at that moment. */
export type PageTarget = {
  /** Of two targets behind one routing key, the pager cannot tell one from the other: they are woken as one. */
  routingKey?: string;
  /** The service at the pager. */
  service?: string;
} & (
  | { kind: 'target'; key: string; name: string; escalationPolicy?: string }
  /** By their id in Slack. */
  | { kind: 'person'; person: string }
);

export interface WayTried {
  way: PageWay;
  outcome: 'waiting' | 'accepted' | 'late' | 'failed';
  why?: string;
  since: Date;
  /** When it came out so. */
  at?: Date;
}

export interface Page {
  /** Counts within the incident. */
  number: number;
  /** By it the pager folds repeats, and a report finds its way back. */
  key: string;
  target: PageTarget;
  /** The severity demanded it, somebody asked, or it rang before there was an incident. */
  cause: 'severity' | 'asked' | 'begun';
  why: string;
  by: string;
  at: Date;
  ways: WayTried[];
  /** `declined`: whoever it asked for help cannot come. */
  state: 'ringing' | 'acknowledged' | 'declined' | 'resolved';
  /** Since when it rings without anybody having taken it. */
  ringsSince: Date;
  /** When somebody was told that nobody takes it. */
  untakenAt?: Date | undefined;
  takers: (Taker & { at: Date })[];
  /** Who had it before it rang anew, the last of them. */
  earlier?: Page['takers'];
  /** The second key was used before it was rung anew. */
  bySecondKey?: boolean;
  /** The page, by its number, whose incident at the pager they are asked to help with; left out: it is an incident there by itself. */
  host?: number | undefined;
  asked?: HelpAsked;
  /** Who of them cannot come. */
  decliners?: Page['takers'];
  assigned: string[];
  level?: number | undefined;
  notes: { text: string; by?: Taker; at: Date }[];
  outside?: PageOutside | undefined;
  /** The message in the thread of the headline that says how it stands. */
  card?: Place | undefined;
  /** By the pager's clock: what happened there before this is old news. */
  changedAt?: Date | undefined;
  /** When it was last rung anew from here, by an escalation or a reopening: who took it before that has it no more. */
  rungAt?: Date | undefined;
  /** When it was ended from here. */
  endedAt?: Date | undefined;
}

/** It is a request to help with another page: the pager does not escalate it, and it ends with that one. */
export const isRequest = ({ host }: Page): boolean => host !== undefined;

/** What is no longer rung nor worked on. */
export const isOpenPage = ({ state }: Page): boolean => state !== 'resolved';

/** Who it is, by their key in the policy or their id in Slack. */
export const whomOf = (target: PageTarget): string => (target.kind === 'person' ? target.person : target.key);

/** Whoever an alert wakes by itself: what stands behind one routing key is one. */
export const behind = (target: PageTarget): string => target.routingKey ?? whomOf(target);

export const isAccepted = ({ ways }: Page): boolean => ways.some(({ outcome }) => outcome === 'accepted');

export const isAcceptedBy = ({ ways }: Page, by: PageWay): boolean =>
  ways.some(({ way, outcome }) => way === by && outcome === 'accepted');

/** What is done here can be done there as well: it went to PagerDuty, by whichever key. */
export const isAtPager = ({ ways }: Page): boolean =>
  ways.some(({ way }) => way === 'pagerduty' || way === 'second-key');

/** It was over, and is rung once more: its ways begin then. */
export const isRungAnew = ({ ways: [first], at }: Page): boolean => first !== undefined && first.since > at;

/** Every way was tried, and none has accepted or is still in its time. */
export const isUnheard = ({ ways }: Page): boolean =>
  ways.every(({ outcome }) => outcome === 'failed' || outcome === 'late');

/** The same for every repeat of one page, another for each new one. PagerDuty takes 255 characters. */
export const pageKey = (incident: string, whom: string, ordinal: number): string =>
  `tocsin:${incident}:${whom}:${ordinal}`;

/** Which incident a key is of; undefined when it is not one of ours. */
export const incidentOfKey = (key: string): string | undefined => /^tocsin:([^:]+):[^:]+:\d+$/.exec(key)?.[1];

/** By account, by person, or by name where nothing else is known. */
export function isSameTaker(taker: Taker, other: Taker = {}): boolean {
  if (other.account && taker.account) return other.account === taker.account;
  if (other.person && taker.person) return other.person === taker.person;
  return other.name === undefined || other.name === taker.name;
}
