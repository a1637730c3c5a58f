/** Bodies as PagerDuty's reference shows them. https://developer.pagerduty.com/api-reference */

export const user = (id: string, name: string) => ({
  id,
  type: 'user_reference',
  summary: name,
  self: `https://api.pagerduty.com/users/${id}`,
  html_url: `https://example.pagerduty.com/users/${id}`,
});

export const ana = user('PUSRANA', 'Ana Lima');
export const ben = user('PUSRBEN', 'Ben Okafor');
export const chloe = user('PUSRCHL', 'Chloe Martin');

const reference = (type: string, id: string, summary: string) => ({
  id,
  type: `${type}_reference`,
  summary,
  self: `https://api.pagerduty.com/x/${id}`,
  html_url: `https://example.pagerduty.com/x/${id}`,
});

export const anIncident = (over: object = {}) => ({
  id: 'PT4KHLK',
  type: 'incident',
  summary: '[#1234] Checkout is failing',
  self: 'https://api.pagerduty.com/incidents/PT4KHLK',
  html_url: 'https://example.pagerduty.com/incidents/PT4KHLK',
  incident_number: 1234,
  title: 'Checkout is failing',
  created_at: '2026-03-02T09:00:00Z',
  updated_at: '2026-03-02T09:01:00Z',
  status: 'triggered',
  incident_key: 'inc_1:checkout',
  service: reference('service', 'PSVCCHK', 'Checkout'),
  assignments: [{ at: '2026-03-02T09:00:00Z', assignee: ben }],
  assigned_via: 'escalation_policy',
  last_status_change_at: '2026-03-02T09:00:00Z',
  resolved_at: null,
  last_status_change_by: reference('service', 'PSVCCHK', 'Checkout'),
  escalation_policy: reference('escalation_policy', 'PEPCHK', 'Checkout'),
  teams: [],
  pending_actions: [],
  acknowledgements: [],
  alert_grouping: null,
  priority: null,
  resolve_reason: null,
  incidents_responders: [],
  responder_requests: [],
  urgency: 'high',
  ...over,
});

export const refusal = (code: number, message: string, ...errors: string[]) => ({ error: { message, code, errors } });

export const accepted = { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: 'x' } };

export const anEvent = (type: string, data: object, over: object = {}) => ({
  event: {
    id: '5ac64822-4adc-4fda-ade0-410becf0de4f',
    event_type: type,
    resource_type: 'incident',
    occurred_at: '2026-03-02T09:03:22.169Z',
    agent: ben,
    client: { name: 'PagerDuty' },
    data,
    ...over,
  },
});

/** What the data of most events is. */
export const eventIncident = (over: object = {}) => ({
  id: 'PT4KHLK',
  type: 'incident',
  self: 'https://api.pagerduty.com/incidents/PT4KHLK',
  html_url: 'https://example.pagerduty.com/incidents/PT4KHLK',
  number: 1234,
  status: 'triggered',
  incident_key: 'inc_1:checkout',
  created_at: '2026-03-02T09:00:00Z',
  title: 'Checkout is failing',
  service: reference('service', 'PSVCCHK', 'Checkout'),
  assignees: [ben],
  escalation_policy: reference('escalation_policy', 'PEPCHK', 'Checkout'),
  teams: [],
  priority: reference('priority', 'PSO75BM', 'P1'),
  urgency: 'high',
  conference_bridge: null,
  resolve_reason: null,
  ...over,
});

/** What notes, status updates and responders hold of their incident. */
export const partOf = reference('incident', 'PT4KHLK', 'Checkout is failing');
export const policyReference = reference('escalation_policy', 'PEPSRC', 'Search');
