import type { BegunAt } from './begun.ts';
import type { FollowUpKind, Priority } from './follow-up-commands.ts';
import type { Impact } from './impact.ts';
import type { HandoverNotes, Place, Ticket } from './incident.ts';
import type { OpenStatus, Status } from './lifecycle.ts';
import type { PageTarget } from './page.ts';
import type { HelpAsked, PageOutside, PageWay, Taker } from './page-commands.ts';
import type { Severity } from './severity.ts';

/** Where it was done, and when by the clock of that place. `already`: it stood so before. */
interface PageHappened {
  where: 'slack' | 'pagerduty';
  when: Date;
  already?: boolean;
}

/** What happened, as the record keeps it for good: add to this, never change the meaning of what is there. */
export type IncidentEvent =
  | {
      type: 'declared';
      title: string;
      summary: string;
      severity: Severity;
      status: Status;
      services: string[];
      impact: Impact;
      isPrivate: boolean;
      isPractice: boolean;
      channelName: string;
      policyVersion: string;
      source?: Place;
      answerTo?: string;
      /** At the pager, before anybody declared it here. */
      begun?: BegunAt;
    }
  | { type: 'channelNameTaken'; name: string; next: string }
  /** `instead`: in place of one that is gone. */
  | { type: 'channelOpened'; channel: { id: string; name: string }; instead?: boolean }
  | { type: 'headlinePosted'; at: Place }
  | { type: 'headlineGone' }
  | { type: 'announcementPosted'; at: Place }
  /** `answers`: those who had asked for it. */
  | { type: 'updatePosted'; number: number; text: string; nextDue?: Date; answers?: string[] }
  | { type: 'nextUpdateDueChanged'; due?: Date | undefined; remindAt?: Date; escalateAt?: Date }
  /** The writer was told that it is due soon; `escalateAt` is when somebody else hears of it. */
  | { type: 'updateReminded'; due: Date; person: string; escalateAt?: Date }
  | { type: 'updateFellDue'; due: Date }
  /** Without a person there was nobody left to tell. */
  | { type: 'updateEscalated'; due: Date; person?: string }
  | { type: 'updateSnoozed'; until: Date }
  | { type: 'updateClaimed'; person: string; escalateAt?: Date }
  | { type: 'updateRequested'; person: string; question: string }
  | { type: 'statusChanged'; from: Status; to: Status; note: string; skipped?: OpenStatus[] }
  | { type: 'severityChanged'; from: Severity; to: Severity; reason: string }
  /** What is known now in place of what was known before; with a reason where somebody corrected it. */
  | { type: 'impactStated'; impact: Impact; reason?: string }
  /** Customers feel it again after it had ended: another stretch. */
  | { type: 'impactBegan'; impact: Impact }
  | { type: 'timeCorrected'; of: 'detected' | 'declared' | 'resolved'; from?: Date; to: Date; reason: string }
  | { type: 'resolved'; from: Status; note: string; skipped?: OpenStatus[]; owner?: string }
  | { type: 'reopened'; from: Status; reason: string }
  | { type: 'closed'; note: string }
  | { type: 'declined'; reason: string }
  | { type: 'cancelled'; from: Status; reason: string }
  | { type: 'merged'; from: Status; into: { id: string; number: number; isPrivate?: boolean } }
  | { type: 'absorbed'; other: { id: string; number: number } }
  | { type: 'roleAssigned'; role: string; person: string; from?: string; how: 'assigned' | 'taken' | 'handed-over' }
  | { type: 'roleFreed'; role: string; from: string }
  | { type: 'shadowingStarted'; role: string; person: string }
  | { type: 'shadowingEnded'; role: string; person: string }
  | ({ type: 'handoverOffered'; role: string; from?: string; to: string } & HandoverNotes)
  /** `offeredBy`: who made the offer, where that was kept. */
  | { type: 'handoverDeclined'; role: string; person: string; reason: string; offeredBy?: string }
  /** The offer to this person no longer stands: the role went another way. */
  | { type: 'handoverWithdrawn'; role: string; person: string }
  | { type: 'taskAdded'; number: number; text: string; owner?: string; due?: Date; source?: Place }
  | { type: 'taskChanged'; number: number; text?: string; owner?: string | null; due?: Date | null }
  | { type: 'taskFinished'; number: number }
  | { type: 'taskReopened'; number: number }
  /** With the message it was made from: afterwards nobody knows any more. */
  | { type: 'taskDropped'; number: number; source?: Place }
  /** `at`: when it happened. Of a message it is kept where it is, not what it says. */
  | { type: 'timelineAdded'; text?: string; at: Date; source?: Place }
  | { type: 'timelineRemoved'; source: Place }
  | { type: 'timelineChanged'; entry: string; text?: string; at?: Date; hidden?: boolean; reason: string }
  /** That it was erased, not what it said. */
  | { type: 'messagesErased'; of: 'message' | 'person' | 'incident'; count: number; person?: string; source?: Place }
  | {
      type: 'followUpAdded';
      number: number;
      text: string;
      kind: FollowUpKind;
      priority: Priority;
      due: Date;
      proof: string;
      owner?: string;
      source?: Place;
      task?: number;
    }
  | {
      type: 'followUpChanged';
      number: number;
      text?: string;
      kind?: FollowUpKind;
      priority?: Priority;
      due?: Date;
      proof?: string;
      owner?: string | null;
    }
  | { type: 'followUpFinished'; number: number }
  | { type: 'followUpReopened'; number: number }
  | { type: 'followUpDropped'; number: number; reason: string; source?: Place }
  | { type: 'followUpTicketed'; number: number; ticket: Ticket }
  /** Somebody is to be woken. What comes of it are events of its own. */
  | {
      type: 'pageAsked';
      number: number;
      key: string;
      target: PageTarget;
      cause: 'severity' | 'asked';
      why: string;
      /** By which way first; PagerDuty where it is left out. */
      way?: PageWay;
      /** The page whose incident at the pager they are asked to help with, instead of one of their own. */
      host?: number;
    }
  /** It rang at the pager before there was an incident: nothing was sent. How it stood there then, and since when. */
  | {
      type: 'pageFound';
      number: number;
      key: string;
      target: PageTarget;
      outside: PageOutside;
      state: 'ringing' | 'acknowledged' | 'resolved';
      when: Date;
      takers: (Taker & { at: Date })[];
      assigned: string[];
    }
  | {
      type: 'pageAccepted';
      number: number;
      way: PageWay;
      outside?: PageOutside;
      assigned?: string[];
      asked?: HelpAsked;
    }
  /** `late`: not accepted in time, and still being tried. `next`: what is tried instead. `lost`: no way is left, and people have to call. */
  | { type: 'pageFailed'; number: number; way: PageWay; why: string; late?: boolean; next?: PageWay; lost?: boolean }
  /** It became known under which id the pager keeps it. */
  | { type: 'pageLinked'; number: number; outside: PageOutside; assigned?: string[] }
  | { type: 'pageShown'; number: number; at: Place }
  | { type: 'pageUntaken'; number: number; person: string }
  /** `late`: heard of when it stood otherwise already; it says who had it and since when, and changes nothing else. */
  | ({ type: 'pageAcknowledged'; number: number; by: Taker; late?: boolean } & PageHappened)
  /** Somebody who was asked for help cannot come. */
  | ({ type: 'pageDeclined'; number: number; by: Taker } & PageHappened)
  | ({ type: 'pageUnacknowledged'; number: number; by?: Taker } & PageHappened)
  | ({ type: 'pageEscalated'; number: number; by?: Taker; level?: number; assigned: string[] } & PageHappened)
  | ({ type: 'pageReassigned'; number: number; by?: Taker; assigned: string[] } & PageHappened)
  | ({ type: 'pageResolved'; number: number; by?: Taker } & PageHappened)
  | ({ type: 'pageReopened'; number: number; by?: Taker } & PageHappened)
  | { type: 'pageAnnotated'; number: number; text: string; by?: Taker }
  | { type: 'pageTakerKnown'; number: number; account: string; person: string }
  | { type: 'postmortemOwnerNamed'; person: string }
  | { type: 'postmortemDrafted'; reviewDue?: Date; publishDue?: Date }
  | { type: 'postmortemInReview' }
  | { type: 'postmortemPublished' }
  | { type: 'postmortemReopened'; reason: string }
  | { type: 'linkAdded'; title: string; url: string }
  | { type: 'linkRemoved'; url: string }
  | { type: 'related'; other: { id: string; number: number } }
  | { type: 'renamed'; from: string; to: string; channelName: string }
  | { type: 'madePrivate'; channelName?: string }
  | { type: 'channelRenamed'; name: string }
  | { type: 'channelGone'; how: 'archived' | 'deleted' | 'bot-removed'; ours?: boolean }
  | { type: 'channelBack' }
  | { type: 'troubleReported'; effect: string; what: string; why: string }
  | { type: 'troubleCleared'; effect: string }
  | { type: 'personJoined'; person: string }
  | { type: 'personLeft'; person: string };

export type EventOf<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>;

/** Who did it and when: kept beside each event in the record. */
export interface Happened {
  by: string;
  at: Date;
}
