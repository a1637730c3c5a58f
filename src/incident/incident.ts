import type { BegunAt } from './begun.ts';
import type { FollowUpKind, Priority } from './follow-up-commands.ts';
import type { Impact, Interval } from './impact.ts';
import type { Status } from './lifecycle.ts';
import type { Page } from './page.ts';
import type { Postmortem } from './postmortem.ts';
import type { Severity } from './severity.ts';

/** Where a message is in Slack. */
export interface Place {
  channel: string;
  ts: string;
}

export interface Update {
  number: number;
  text: string;
  by: string;
  at: Date;
}

/** The times are of what is still to come; each goes away when it is done. */
export interface Reminder {
  /** When the writer hears of it. */
  remindAt?: Date | undefined;
  /** When somebody else does. */
  escalateAt?: Date | undefined;
  remindedTo?: string;
  escalatedTo?: string | undefined;
  /** Who said that they are on it. */
  claimedBy?: string;
  /** It was due, and people were shown so. */
  fellDue?: boolean;
}

/** Something the bot could not do outside, for good; people see it on the headline until it is put right. */
export interface Trouble {
  effect: string;
  what: string;
  why: string;
  at: Date;
}

export interface RoleHeld {
  person: string;
  since: Date;
}

/** What the one who hands over writes down. */
export interface HandoverNotes {
  /** How it stands. */
  state: string;
  /** What we think it is. */
  thinking: string;
  /** What to keep an eye on. */
  watch: string;
}

/** An offer that waits to be accepted. */
export interface Handover extends HandoverNotes {
  from?: string;
  /** Who made the offer: the holder, or somebody for them. */
  by?: string;
  to: string;
  at: Date;
}

/** Something to be done while the incident runs. What outlives it is a follow-up. */
export interface Task {
  /** Counts within the incident, also over those that were dropped. */
  number: number;
  text: string;
  owner?: string | undefined;
  due?: Date | undefined;
  by: string;
  at: Date;
  source?: Place;
  done?: { by: string; at: Date } | undefined;
}

/** Where a follow-up is kept outside. */
export interface Ticket {
  tracker: string;
  key: string;
  url: string;
}

/** Something to be done after the incident, so that the next one is smaller or does not come. */
export interface FollowUp {
  /** Counts within the incident, also over those that were dropped. */
  number: number;
  text: string;
  kind: FollowUpKind;
  priority: Priority;
  owner?: string | undefined;
  due: Date;
  /** How people will see that it is done. */
  proof: string;
  by: string;
  at: Date;
  source?: Place;
  task?: number;
  ticket?: Ticket;
  done?: { by: string; at: Date } | undefined;
}

export interface Link {
  title: string;
  url: string;
}

/** Another incident, named as people name it. */
export interface Named {
  id: string;
  number: number;
}

/** The aggregate. Times are instants; people and channels are Slack's ids. */
export interface Incident {
  id: string;
  number: number;
  /** Counts its events. */
  version: number;
  /** The policy it began under; a later edit of the file does not change a running incident. */
  policyVersion: string;

  title: string;
  summary: string;
  severity: Severity;
  highestSeverity: Severity;
  status: Status;
  services: string[];
  impact: Impact;
  /** Stretches that had ended before customers felt it again, oldest first. */
  earlierImpacts: Interval[];
  isPrivate: boolean;
  /** A practice run: kept out of lists, metrics and paging. */
  isPractice: boolean;

  declaredBy: string;
  declaredAt: Date;
  /** The message it was declared from. */
  source?: Place;
  /** The delivery it was declared by, when its answer goes back the same way; else the declarer is told by direct message. */
  answerTo?: string;
  /** At the pager, before anybody declared it. */
  begun?: BegunAt;
  /** The first sign of it, where somebody said so. */
  detectedAt?: Date;
  /** When each status was first reached. */
  reached: Partial<Record<Status, Date>>;
  resolvedBy?: string | undefined;
  resolvedAt?: Date | undefined;
  /** Who writes the postmortem. */
  postmortemOwner?: string | undefined;
  postmortem?: Postmortem;
  pages: Page[];
  mergedInto?: Named & { isPrivate?: boolean };
  /** Those that were merged into this one. */
  absorbed: Named[];
  related: Named[];

  /** By role key: one holder each. */
  roles: Record<string, RoleHeld>;
  shadows: Record<string, string[]>;
  handovers: Record<string, Handover>;
  tasks: Task[];
  taskCount: number;
  links: Link[];
  followUps: FollowUp[];
  followUpCount: number;
  /** The messages in the timeline, as `channel:ts`. */
  timelineSources: string[];

  /** Decided before the channel is asked for, so that it can be found again after a lost reply. */
  channelName: string;
  /** What it was before somebody else's channel turned out to have that name. */
  firstChannelName: string;
  channel?: { id: string; name: string };
  /** The channel can no longer be written to, and why. */
  channelGone?: 'archived' | 'deleted' | 'bot-removed' | undefined;
  /** The channel is not the first one any more. */
  hasMoved?: boolean;
  /** We put it into the archive, so we take it out again when the incident is reopened. */
  archivedByUs?: boolean | undefined;
  /** The incident was made private after its channel had been opened for everybody; only people can convert a channel. */
  channelIsPublic?: true | undefined;
  headline?: Place | undefined;
  announcement?: Place;

  latestUpdate?: Update;
  updateCount: number;
  /** What people were promised; undefined: the next update comes when something changes. */
  nextUpdateDue?: Date | undefined;
  /** What is still to be done about that promise, and what was done. */
  reminder?: Reminder | undefined;
  /** Stakeholders who asked since the latest update. */
  updateRequests: { by: string; question: string; at: Date }[];
  /** Who is in the channel, as far as Slack has told. */
  members: string[];
  troubles: Trouble[];
}

/** Before it is declared: what `evolve` starts from. Its number is taken in the transaction that declares it. */
export function undeclared(id: string, number: number): Incident {
  return {
    id,
    number,
    version: 0,
    policyVersion: '',
    title: '',
    summary: '',
    severity: 'sev2',
    highestSeverity: 'sev4',
    status: 'triage',
    services: [],
    impact: { felt: 'unknown' },
    earlierImpacts: [],
    isPrivate: false,
    isPractice: false,
    declaredBy: '',
    declaredAt: new Date(0),
    reached: {},
    absorbed: [],
    related: [],
    roles: {},
    shadows: {},
    handovers: {},
    tasks: [],
    taskCount: 0,
    links: [],
    followUps: [],
    followUpCount: 0,
    pages: [],
    timelineSources: [],
    channelName: '',
    firstChannelName: '',
    updateCount: 0,
    updateRequests: [],
    members: [],
    troubles: [],
  };
}
