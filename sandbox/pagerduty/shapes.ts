/** How PagerDuty writes what it knows: over REST, and in webhooks, which name some things otherwise. */
import type { Account } from './account.ts';
import type { References } from './references.ts';
import type {
  PagerAlert,
  PagerIncident,
  PagerLogEntry,
  PagerPolicy,
  PagerRequest,
  PagerResponder,
  PagerSchedule,
  PagerService,
  PagerUser,
} from './wire.ts';

/** Whole seconds, as its API gives times. */
export const seconds = (ms: number): string => new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000', '');
const secondsOrNull = (ms: number | null) => (ms === null ? null : seconds(ms));

/** In full, as the thing itself and not as a reference to it. */
const whole = <T extends { type: string }>(reference: T) => ({
  ...reference,
  type: reference.type.replace('_reference', ''),
});

export function incidentShape(refer: References, account: Account, one: PagerIncident) {
  const triggered = one.alerts.filter(({ status }) => status === 'triggered').length;
  const [first] = one.log;
  return {
    ...whole(refer.incident(one.id)),
    summary: `[#${one.number}] ${one.title}`,
    incident_number: one.number,
    title: one.title,
    description: one.title,
    created_at: seconds(one.createdAt),
    updated_at: seconds(one.log.at(-1)?.at ?? one.createdAt),
    status: one.status,
    incident_key: one.incidentKey,
    service: refer.service(one.service),
    assignments: one.assignees.map(({ user, at }) => ({ at: seconds(at), assignee: refer.user(user) })),
    assigned_via: one.assignedVia,
    last_status_change_at: seconds(one.changedAt),
    last_status_change_by: refer.agent(one.changedBy) ?? refer.service(one.service),
    resolved_at: secondsOrNull(one.resolvedAt),
    first_trigger_log_entry: first ? logReference(refer, one, first) : null,
    alert_counts: { all: one.alerts.length, triggered, resolved: one.alerts.length - triggered },
    is_mergeable: isMergeable(one),
    incident_type: { name: one.incidentType },
    escalation_policy: refer.policy(one.policy),
    teams: [],
    pending_actions: pendingActions(one),
    acknowledgements: one.acknowledgements.map(({ user, at }) => ({ at: seconds(at), acknowledger: refer.user(user) })),
    priority: one.priority === null ? null : refer.priority(one.priority),
    urgency: one.urgency,
    resolve_reason: resolveReason(refer, one),
    ...(one.conferenceBridge && { conference_bridge: one.conferenceBridge }),
    ...(one.body !== '' && { body: { type: 'incident_body', details: one.body } }),
    incidents_responders: one.responders.map((responder) => responderShape(refer, one, responder)),
    responder_requests: one.requests.map((request) => requestShape(refer, one, request)),
    escalation_level: one.level,
    trigger_user: account.user(one.createdBy ?? '') ? refer.agent(one.createdBy) : null,
  };
}

/** "Only incidents that have alerts or incidents that were created manually in the UI can be merged." */
export const isMergeable = ({ alerts, byHand }: PagerIncident): boolean => byHand || alerts.length > 0;

function pendingActions({ escalatesAt, unacknowledgesAt }: PagerIncident) {
  const escalates = escalatesAt === null ? [] : [{ type: 'escalate', at: seconds(escalatesAt) }];
  const returns = unacknowledgesAt === null ? [] : [{ type: 'unacknowledge', at: seconds(unacknowledgesAt) }];
  return [...escalates, ...returns];
}

const resolveReason = (refer: References, { mergedInto }: PagerIncident) =>
  mergedInto === null ? null : { type: 'merge_resolve_reason', incident: refer.incident(mergedInto) };

/** https://developer.pagerduty.com/docs/webhooks-overview#incident */
export const incidentEvent = (refer: References, one: PagerIncident) => ({
  ...whole(refer.incident(one.id)),
  number: one.number,
  status: one.status,
  incident_key: one.incidentKey,
  created_at: seconds(one.createdAt),
  ...(one.reopenedAt !== null && { reopened_at: seconds(one.reopenedAt) }),
  title: one.title,
  incident_type: { name: one.incidentType },
  service: refer.service(one.service),
  assignees: one.assignees.map(({ user }) => refer.user(user)),
  escalation_policy: refer.policy(one.policy),
  teams: [],
  priority: one.priority === null ? null : refer.priority(one.priority),
  urgency: one.urgency,
  conference_bridge: one.conferenceBridge,
  resolve_reason: resolveReason(refer, one),
});

export const notePart = (refer: References, incident: PagerIncident, note: PagerIncident['notes'][number]) => ({
  incident: refer.incident(incident.id),
  id: note.id,
  content: note.content,
  trimmed: false,
  type: 'incident_note',
});

export const statusUpdatePart = (
  refer: References,
  incident: PagerIncident,
  update: PagerIncident['statusUpdates'][number],
) => ({
  incident: refer.incident(incident.id),
  id: update.id,
  message: update.message,
  trimmed: false,
  type: 'incident_status_update',
});

export const responderPart = (refer: References, incident: PagerIncident, responder: PagerResponder) => ({
  incident: refer.incident(incident.id),
  user: refer.user(responder.user),
  escalation_policy: responder.policy === null ? null : refer.policy(responder.policy),
  message: responder.message,
  state: responder.state,
  type: 'incident_responder',
});

export const conferencePart = (refer: References, incident: PagerIncident) => ({
  incident: refer.incident(incident.id),
  conference_numbers: [{ label: '', number: incident.conferenceBridge?.conference_number ?? '' }],
  conference_url: incident.conferenceBridge?.conference_url ?? null,
  type: 'incident_conference_bridge',
});

export const responderShape = (refer: References, incident: PagerIncident, one: PagerResponder) => ({
  state: one.state,
  user: refer.user(one.user),
  incident: refer.incident(incident.id),
  updated_at: seconds(one.at),
  message: one.message,
  requester: refer.user(one.requester),
  requested_at: seconds(one.askedAt),
});

export const requestShape = (refer: References, incident: PagerIncident, one: PagerRequest) => ({
  incident: refer.incident(incident.id),
  requester: refer.user(one.requester),
  requested_at: seconds(one.at),
  message: one.message,
  responder_request_targets: one.targets.map(({ id, type, users }) => ({
    responder_request_target: {
      id,
      type,
      incidents_responders: incident.responders
        .filter(({ user, askedAt }) => users.includes(user) && askedAt === one.at)
        .map((responder) => responderShape(refer, incident, responder)),
    },
  })),
});

export const noteShape = (refer: References, note: PagerIncident['notes'][number]) => ({
  id: note.id,
  user: refer.agent(note.user),
  channel: { summary: 'The PagerDuty website or APIs' },
  content: note.content,
  created_at: seconds(note.at),
});

export function alertShape(refer: References, incident: PagerIncident, alert: PagerAlert) {
  const { payload, links, images, client, client_url } = alert.event;
  const details = payload as { custom_details?: unknown; severity?: string } | undefined;
  return {
    id: alert.id,
    type: 'alert',
    summary: alert.summary,
    self: `${refer.incident(incident.id).self}/alerts/${alert.id}`,
    html_url: refer.incident(incident.id).html_url,
    created_at: seconds(alert.createdAt),
    status: alert.status,
    alert_key: alert.key,
    suppressed: false,
    service: refer.service(incident.service),
    severity: alert.severity,
    incident: refer.incident(incident.id),
    body: {
      type: 'alert_body',
      contexts: [...asList(links, 'link'), ...asList(images, 'image')],
      details: details?.custom_details ?? {},
      cef_details: { ...details, client, client_url, dedup_key: alert.key },
    },
  };
}

const asList = (items: unknown, type: string) =>
  Array.isArray(items) ? items.map((item: object) => ({ type, ...item })) : [];

const channels: Record<string, string> = { trigger_log_entry: 'api', notify_log_entry: 'push_notification' };

const logReference = (refer: References, incident: PagerIncident, { id, type }: PagerLogEntry) => ({
  id,
  type: `${type}_reference`,
  summary: null,
  self: `${refer.incident(incident.id).self.replace(/incidents\/.*/, 'log_entries')}/${id}?incident_id=${incident.id}`,
  html_url: `${refer.incident(incident.id).html_url}/log_entries/${id}`,
});

export function logShape(refer: References, incident: PagerIncident, entry: PagerLogEntry) {
  const people = entry.users.map((user) => refer.user(user));
  const assigns = ['assign_log_entry', 'escalate_log_entry', 'delegate_log_entry'].includes(entry.type);
  return {
    ...whole(logReference(refer, incident, entry)),
    summary: entry.type.replace('_log_entry', '').replaceAll('_', ' '),
    created_at: seconds(entry.at),
    agent: refer.agent(entry.by) ?? refer.service(incident.service),
    channel: {
      type: channels[entry.type] ?? (entry.by === null ? 'auto' : 'website'),
      ...(entry.note && { summary: entry.note }),
    },
    service: refer.service(incident.service),
    incident: refer.incident(incident.id),
    teams: [],
    contexts: [],
    ...(assigns && { assignees: people }),
    ...(entry.type === 'notify_log_entry' && { user: people[0] }),
    ...(entry.note && { note: entry.note }),
    ...(entry.type === 'status_update_log_entry' && { message: entry.note }),
  };
}

export const userShape = (refer: References, one: PagerUser) => ({
  ...whole(refer.user(one.id)),
  name: one.name,
  email: one.email,
  time_zone: 'Etc/UTC',
  role: 'user',
  description: null,
  job_title: null,
  invitation_sent: false,
  contact_methods: [],
  notification_rules: [],
  teams: [],
});

export const serviceShape = (refer: References, one: PagerService) => ({
  ...whole(refer.service(one.id)),
  name: one.name,
  description: null,
  status: 'active',
  alert_creation: 'create_alerts_and_incidents',
  acknowledgement_timeout: one.acknowledgementTimeout === null ? null : one.acknowledgementTimeout * 60,
  auto_resolve_timeout: null,
  escalation_policy: refer.policy(one.policy),
  incident_urgency_rule: { type: 'constant', urgency: 'high' },
  integrations: [],
  teams: [],
});

export const policyShape = (refer: References, account: Account, one: PagerPolicy) => ({
  ...whole(refer.policy(one.id)),
  name: one.name,
  description: null,
  num_loops: one.loops,
  on_call_handoff_notifications: 'if_has_services',
  escalation_rules: one.rules.map(({ id, minutes, targets }) => ({
    id,
    escalation_delay_in_minutes: minutes,
    targets: targets.map((target) => (account.schedule(target) ? refer.schedule(target) : refer.user(target))),
  })),
  services: account.state.services
    .filter(({ policy, deleted }) => policy === one.id && !deleted)
    .map(({ id }) => refer.service(id)),
  teams: [],
});

export const scheduleShape = (refer: References, account: Account, one: PagerSchedule) => ({
  ...whole(refer.schedule(one.id)),
  name: one.name,
  time_zone: 'Etc/UTC',
  description: null,
  escalation_policies: account.state.policies
    .filter(({ rules }) => rules.some(({ targets }) => targets.includes(one.id)))
    .map(({ id }) => refer.policy(id)),
  users: one.users.map((user) => refer.user(user)),
  teams: [],
});
