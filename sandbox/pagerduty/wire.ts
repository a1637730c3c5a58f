/** What /sandbox/pagerduty says: shared by the server, its client, the tests and the page. */

/** Whole access; `readToken` may only look. */
export const pagerDutyToken = 'sandbox+PagerDuty+1';
export const pagerDutyReadToken = 'sandbox+PagerDuty+0';
export const pagerDutySecret = 'sandbox-pagerduty-webhook-secret';

/** The Events API v2 integrations, by the service that each belongs to; a key has 32 characters. */
export const routingKeys = {
  /** what the bot is given as PAGERDUTY_ROUTING_KEY */
  checkout: 'checkout'.padEnd(32, '0'),
  /** a second integration of the same service, for a second way */
  checkoutAgain: 'checkout'.padEnd(32, '1'),
  search: 'search'.padEnd(32, '0'),
  /** of the service that nobody is on call for */
  empty: 'empty'.padEnd(32, '0'),
};

export type PagerUser = { id: string /** the handle in the workspace */; handle: string; name: string; email: string };

export type PagerService = {
  id: string;
  name: string;
  policy: string;
  routingKeys: string[];
  /** minutes after which an acknowledged incident is triggered again */
  acknowledgementTimeout: number | null;
  deleted: boolean;
};

export type PagerPolicy = {
  id: string;
  name: string;
  /** how often it begins again when nobody answered at its last level */
  loops: number;
  /** targets are users and schedules */
  rules: { id: string; minutes: number; targets: string[] }[];
};

export type PagerSchedule = { id: string; name: string; users: string[]; turnHours: number };

export type PagerPriority = { id: string; name: string; description: string };

export type PagerStatus = 'triggered' | 'acknowledged' | 'resolved';

/** A user, a service (by an event), or nobody but the clock. */
export type By = string | null;

/** Times are epoch ms on the sandbox clock. */
export type PagerAlert = {
  id: string;
  key: string;
  routingKey: string;
  status: 'triggered' | 'resolved';
  summary: string;
  severity: string;
  createdAt: number;
  /** how often it was triggered: 1 where nothing came twice */
  triggers: number;
  /** the event as it came first */
  event: Record<string, unknown>;
};

export type PagerLogEntry = {
  id: string;
  type: string;
  at: number;
  by: By;
  /** whom it concerns */
  users: string[];
  note?: string;
};

export type PagerResponder = {
  user: string;
  /** the escalation policy that was asked, when it was one */
  policy: string | null;
  requester: string;
  message: string;
  state: 'pending' | 'joined' | 'declined' | 'user_cancelled';
  askedAt: number;
  /** since when it stands so */
  at: number;
};

/** what one call asked, of whom */
export type PagerRequest = {
  requester: string;
  message: string;
  at: number;
  targets: { id: string; type: 'user' | 'escalation_policy'; users: string[] }[];
};

export type PagerIncident = {
  id: string;
  number: number;
  title: string;
  body: string;
  status: PagerStatus;
  urgency: 'high' | 'low';
  service: string;
  policy: string;
  /** from 1 */
  level: number;
  loops: number;
  assignedVia: 'escalation_policy' | 'direct_assignment';
  incidentKey: string;
  incidentType: string;
  priority: string | null;
  createdAt: number;
  /** who created it by hand or over REST */
  createdBy: By;
  /** by somebody in PagerDuty itself */
  byHand: boolean;
  changedAt: number;
  changedBy: By;
  resolvedAt: number | null;
  reopenedAt: number | null;
  mergedInto: string | null;
  assignees: { user: string; at: number }[];
  acknowledgements: { user: string; at: number }[];
  conferenceBridge: { conference_number?: string; conference_url?: string } | null;
  alerts: PagerAlert[];
  log: PagerLogEntry[];
  notes: { id: string; user: By; content: string; at: number }[];
  statusUpdates: { id: string; user: By; message: string; at: number }[];
  responders: PagerResponder[];
  requests: PagerRequest[];
  escalatesAt: number | null;
  unacknowledgesAt: number | null;
};

/** What the sandbox sends, of all that https://developer.pagerduty.com/docs/webhooks-overview#event-types lists. */
export const eventTypes = [
  'incident.acknowledged',
  'incident.annotated',
  'incident.conference_bridge.updated',
  'incident.delegated',
  'incident.escalated',
  'incident.incident_type.changed',
  'incident.priority_updated',
  'incident.reassigned',
  'incident.reopened',
  'incident.resolved',
  'incident.responder.added',
  'incident.responder.replied',
  'incident.status_update_published',
  'incident.triggered',
  'incident.unacknowledged',
];

export type PagerSubscription = {
  id: string;
  url: string;
  /** several while one is being replaced; each signs */
  secrets: string[];
  /** sent along with every webhook */
  headers: { name: string; value: string }[];
  description: string;
  /** event types; all when empty */
  events: string[];
  /** a service, or the whole account */
  service: string | null;
  /** dropped one after another */
  dropped: number;
  /** after three dropped in a row; epoch ms on the sandbox clock */
  disabledUntil: number | null;
};

export type PagerOutages = { rest: boolean; events: boolean; webhooks: boolean };

/** Who is on call now for a level of an escalation policy, and who comes next. */
export type PagerOnCall = { policy: string; level: number; now: string[]; next: string[] };

export type PagerSummary = {
  users: PagerUser[];
  services: PagerService[];
  policies: PagerPolicy[];
  schedules: PagerSchedule[];
  priorities: PagerPriority[];
  /** newest first */
  incidents: PagerIncident[];
  onCall: PagerOnCall[];
  outages: PagerOutages;
  tokenRevoked: boolean;
  subscriptions: PagerSubscription[];
  /** webhooks that were not delivered yet */
  waiting: number;
};

/** What a person does in PagerDuty's own app. */
export type PagerDeed =
  | { do: 'acknowledge' | 'resolve' | 'escalate' | 'reopen' | 'accept' | 'decline'; incident: string }
  | { do: 'reassign'; incident: string /** a handle */; to: string }
  | { do: 'delegate'; incident: string; policy: string }
  | { do: 'annotate'; incident: string; content: string }
  | { do: 'update'; incident: string; message: string }
  | { do: 'prioritize'; incident: string /** as in P1 */; priority: string | null }
  | { do: 'snooze'; incident: string; minutes: number }
  | { do: 'merge'; incident: string; into: string }
  | { do: 'open'; service: string; title: string; urgency?: 'high' | 'low' };

export type WebhookBurst = { count: number; perSecond?: number; inFlight?: number };
