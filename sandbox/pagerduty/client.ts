/** PagerDuty's people and its bad days, over the control API. */
import { type Ask, waitFor } from '../ask.ts';
import type { WaitOptions } from '../client.ts';
import type { BurstResult } from '../wire.ts';
import type { PagerDeed, PagerIncident, PagerSummary, WebhookBurst } from './wire.ts';

type IncidentMatch = string | RegExp | ((incident: PagerIncident) => boolean);

export type PagerPerson = {
  /** all by the incident's id; what comes back is the incident afterwards */
  acknowledge(incident: string): Promise<PagerIncident>;
  resolve(incident: string): Promise<PagerIncident>;
  /** to the next level */
  escalate(incident: string): Promise<PagerIncident>;
  reopen(incident: string): Promise<PagerIncident>;
  /** answers a responder request */
  accept(incident: string): Promise<PagerIncident>;
  decline(incident: string): Promise<PagerIncident>;
  /** to a handle */
  reassign(incident: string, to: string): Promise<PagerIncident>;
  /** to another escalation policy */
  delegate(incident: string, policy: string): Promise<PagerIncident>;
  annotate(incident: string, content: string): Promise<PagerIncident>;
  publishUpdate(incident: string, message: string): Promise<PagerIncident>;
  /** as in P1 */
  prioritize(incident: string, priority: string | null): Promise<PagerIncident>;
  snooze(incident: string, minutes: number): Promise<PagerIncident>;
  merge(incident: string, into: string): Promise<PagerIncident>;
  open(service: string, title: string, urgency?: 'high' | 'low'): Promise<PagerIncident>;
};

export type PagerDutyClient = {
  as(handle: string): PagerPerson;
  /** who and what there is, who is on call, what is down */
  summary(): Promise<PagerSummary>;
  /** all of them, oldest first */
  incidents(): Promise<PagerIncident[]>;
  incident(idOrNumber: string): Promise<PagerIncident>;
  /** by id, by dedup or incident key, by a pattern for the title, or by a question; the youngest */
  waitForIncident(match: IncidentMatch, opts?: WaitOptions): Promise<PagerIncident>;
  /** by handles; an empty list is nobody */
  setOnCall(schedule: string, handles: string[]): Promise<void>;
  deleteService(id: string): Promise<void>;
  revokeToken(revoked?: boolean): Promise<void>;
  /** null: nobody is told any more; several secrets all sign; events are all of them when absent */
  sendWebhooksTo(
    url: string | null,
    options?: { secrets?: string[]; events?: string[]; service?: string },
  ): Promise<void>;
  /** a subscription that rests after three dropped webhooks */
  enableWebhooks(): Promise<void>;
  /** the test event, pagey.ping */
  ping(): Promise<void>;
  burst(what: WebhookBurst & { incident: string }): Promise<BurstResult>;
};

function isIt(match: IncidentMatch): (incident: PagerIncident) => boolean {
  if (typeof match === 'function') return match;
  if (typeof match !== 'string') return ({ title }) => match.test(title);
  return ({ id, incidentKey, alerts }) => [id, incidentKey, ...alerts.map(({ key }) => key)].includes(match);
}

function personOf(ask: Ask, handle: string): PagerPerson {
  const does = (deed: PagerDeed) => ask<PagerIncident>('POST', `/pagerduty/people/${encodeURIComponent(handle)}`, deed);
  return {
    acknowledge: (incident) => does({ do: 'acknowledge', incident }),
    resolve: (incident) => does({ do: 'resolve', incident }),
    escalate: (incident) => does({ do: 'escalate', incident }),
    reopen: (incident) => does({ do: 'reopen', incident }),
    accept: (incident) => does({ do: 'accept', incident }),
    decline: (incident) => does({ do: 'decline', incident }),
    reassign: (incident, to) => does({ do: 'reassign', incident, to }),
    delegate: (incident, policy) => does({ do: 'delegate', incident, policy }),
    annotate: (incident, content) => does({ do: 'annotate', incident, content }),
    publishUpdate: (incident, message) => does({ do: 'update', incident, message }),
    prioritize: (incident, priority) => does({ do: 'prioritize', incident, priority }),
    snooze: (incident, minutes) => does({ do: 'snooze', incident, minutes }),
    merge: (incident, into) => does({ do: 'merge', incident, into }),
    open: (service, title, urgency) => does({ do: 'open', service, title, ...(urgency && { urgency }) }),
  };
}

export function pagerDutyAt(ask: Ask): PagerDutyClient {
  const post = async (path: string, body: unknown = {}) => {
    await ask('POST', `/pagerduty${path}`, body);
  };
  const incidents = () => ask<PagerIncident[]>('GET', '/pagerduty/incidents');
  return {
    as: (handle) => personOf(ask, handle),
    summary: () => ask('GET', '/pagerduty'),
    incidents,
    incident: (id) => ask('GET', `/pagerduty/incident?id=${encodeURIComponent(id)}`),
    waitForIncident: (match, opts) =>
      waitFor(`a PagerDuty incident ${match}`, async () => (await incidents()).findLast(isIt(match)), opts),
    setOnCall: (id, users) => post('/schedules', { id, users }),
    deleteService: (id) => post('/services', { id, deleted: true }),
    revokeToken: (revoked = true) => post('/token', { revoked }),
    sendWebhooksTo: (url, options) => post('/webhooks', { url, ...options }),
    enableWebhooks: () => post('/webhooks/enable'),
    ping: () => post('/webhooks/ping'),
    burst: (what) => ask('POST', '/pagerduty/webhooks/burst', what),
  };
}
