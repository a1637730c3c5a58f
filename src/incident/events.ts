import type { Impact } from './impact.ts';
import type { Place } from './incident.ts';
import type { Status } from './lifecycle.ts';
import type { Severity } from './severity.ts';

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
    }
  | { type: 'channelNameTaken'; name: string; next: string }
  | { type: 'channelOpened'; channel: { id: string; name: string } }
  | { type: 'headlinePosted'; at: Place }
  | { type: 'headlineGone' }
  | { type: 'announcementPosted'; at: Place }
  | { type: 'updatePosted'; number: number; text: string }
  | { type: 'statusChanged'; from: Status; to: Status; note: string }
  | { type: 'severityChanged'; from: Severity; to: Severity; reason: string }
  | { type: 'impactStated'; impact: Impact }
  | { type: 'resolved'; from: Status; note: string }
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
