import type { Impact } from './impact.ts';
import type { Status } from './lifecycle.ts';
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

/** Something the bot could not do outside, for good; people see it on the headline until it is put right. */
export interface Trouble {
  effect: string;
  what: string;
  why: string;
  at: Date;
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
  isPrivate: boolean;
  /** A practice run: kept out of lists, metrics and paging. */
  isPractice: boolean;

  declaredBy: string;
  declaredAt: Date;
  /** The message it was declared from. */
  source?: Place;
  /** The delivery it was declared by, when its answer goes back the same way; else the declarer is told by direct message. */
  answerTo?: string;
  resolvedBy?: string;
  resolvedAt?: Date;

  /** Decided before the channel is asked for, so that it can be found again after a lost reply. */
  channelName: string;
  /** What it was before somebody else's channel turned out to have that name. */
  firstChannelName: string;
  channel?: { id: string; name: string };
  headline?: Place | undefined;
  announcement?: Place;

  latestUpdate?: Update;
  updateCount: number;
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
    isPrivate: false,
    isPractice: false,
    declaredBy: '',
    declaredAt: new Date(0),
    channelName: '',
    firstChannelName: '',
    updateCount: 0,
    members: [],
    troubles: [],
  };
}
