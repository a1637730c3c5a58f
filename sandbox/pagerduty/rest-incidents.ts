/** Incidents over REST: made, found, changed. */
import { change, checkAll } from './change.ts';
import { open } from './incidents.ts';
import { type Call, needIncident, type Operation, pageOf, paging, timeIn, writes } from './operation.ts';
import { Refused } from './refused.ts';
import { Changes, NewIncident, OneChange } from './rest-schema.ts';
import { alertShape, incidentShape, logShape } from './shapes.ts';
import type { PagerIncident } from './wire.ts';

const day = 86_400_000;
/** How far back a list looks unless told: https://developer.pagerduty.com/api-reference/9d0b4b12e36f9-list-incidents */
const usualRangeMs = 30 * day;
const longestRangeMs = 180 * day;
const mostAtOnce = 250;

const shape = ({ desk }: Pick<Call, 'desk'>, incident: PagerIncident) =>
  incidentShape(desk.refer, desk.book.account, incident);

const sorts: Record<string, (one: PagerIncident) => number> = {
  incident_number: ({ number }) => number,
  created_at: ({ createdAt }) => createdAt,
  resolved_at: ({ resolvedAt }) => resolvedAt ?? 0,
  urgency: ({ urgency }) => (urgency === 'low' ? 0 : 1),
};

function sorted(incidents: PagerIncident[], by: string): PagerIncident[] {
  const [field = '', direction = 'asc'] = by.split(':');
  const value = sorts[field];
  if (!value || !['asc', 'desc'].includes(direction)) throw new Refused('invalid', [`sort_by cannot be ${by}`]);
  const sign = direction === 'desc' ? -1 : 1;
  return incidents.toSorted((one, other) => sign * (value(one) - value(other)));
}

function found({ desk, query }: Call): PagerIncident[] {
  const { account, now } = desk.book;
  const all = query.get('date_range') === 'all';
  const until = timeIn(query, 'until') ?? now();
  const since = timeIn(query, 'since') ?? until - usualRangeMs;
  if (since > until || until - since > longestRangeMs) throw new Refused('wrongTimes');
  const wanted = (name: string) => query.getAll(name);
  const isIn = (names: string[], value: string) => names.length === 0 || names.includes(value);
  const statuses = wanted('statuses[]');
  if (statuses.some((one) => !['triggered', 'acknowledged', 'resolved'].includes(one)))
    throw new Refused('invalid', ['statuses[] is invalid']);
  const users = wanted('user_ids[]');
  const key = query.get('incident_key');
  const some = account.state.incidents.filter(
    (one) =>
      (all || (one.createdAt >= since && one.createdAt <= until)) &&
      (key === null || one.incidentKey === key) &&
      isIn(statuses, one.status) &&
      isIn(wanted('service_ids[]'), one.service) &&
      isIn(wanted('urgencies[]'), one.urgency) &&
      (users.length === 0 || one.assignees.some(({ user }) => users.includes(user))),
  );
  return sorted(some, query.get('sort_by') ?? 'incident_number:asc');
}

const create = writes({
  name: 'incidents.create',
  method: 'POST',
  path: '/incidents',
  schema: NewIncident,
  run(call) {
    const { desk, when } = call;
    const { account } = desk.book;
    const given = call.body.incident;
    const { incident_key: key, assignments, escalation_policy: policy, priority } = given;
    if (assignments && policy) throw new Refused('invalid', ['Assignments and escalation policy cannot both be given']);
    const assignee = assignments?.[0]?.assignee.id;
    if (assignee && !account.user(assignee)) throw new Refused('assigneeUnknown');
    checkAll(account, { priority });
    const service = given.service.id;
    const isTaken = (one: PagerIncident) =>
      one.status !== 'resolved' && one.service === service && one.incidentKey === key;
    if (key !== undefined && account.state.incidents.some(isTaken))
      throw new Refused('wrongArguments', ['Open incident with matching dedup key already exists on this service']);
    const incident = open(
      desk.book,
      {
        title: given.title,
        service,
        incidentKey: key ?? crypto.randomUUID().replaceAll('-', ''),
        ...(given.body && { body: given.body.details }),
        ...(given.urgency && { urgency: given.urgency }),
        ...(policy && { policy: policy.id }),
        ...(assignee && { assignee }),
        ...(priority && { priority: priority.id }),
        ...(given.incident_type && { incidentType: given.incident_type.name }),
        ...(given.conference_bridge && { conferenceBridge: given.conference_bridge }),
      },
      when,
    );
    if (!incident) throw new Refused('nobodyOnCall');
    return { status: 201, body: { incident: shape(call, incident) } };
  },
});

const updateOne = writes({
  name: 'incidents.update',
  method: 'PUT',
  path: '/incidents/{id}',
  schema: OneChange,
  run(call) {
    const incident = needIncident(call);
    checkAll(call.desk.book.account, call.body.incident);
    change(call.desk, incident, call.body.incident, call.when);
    return { body: { incident: shape(call, incident) } };
  },
});

const updateSome = writes({
  name: 'incidents.manage',
  method: 'PUT',
  path: '/incidents',
  schema: Changes,
  run(call) {
    const { incidents } = call.body;
    if (incidents.length > mostAtOnce) throw new Refused('tooMany');
    const all = incidents.map((one) => ({ ...one, incident: needIncident({ desk: call.desk, id: one.id }) }));
    for (const { incident: _, ...one } of all) checkAll(call.desk.book.account, one);
    for (const { incident, ...one } of all) change(call.desk, incident, one, call.when);
    const body = { incidents: all.map(({ incident }) => shape(call, incident)) };
    return { body: { ...body, limit: 25, offset: 0, total: null, more: false } };
  },
});

export const incidentOperations: Operation[] = [
  create,
  updateOne,
  updateSome,
  {
    name: 'incidents.list',
    method: 'GET',
    path: '/incidents',
    query: [
      ...paging,
      'date_range',
      'incident_key',
      'include[]',
      'service_ids[]',
      'since',
      'sort_by',
      'statuses[]',
      'team_ids[]',
      'time_zone',
      'until',
      'urgencies[]',
      'user_ids[]',
    ],
    run(call) {
      const { page, paging: about } = pageOf(found(call), call.query);
      return { body: { incidents: page.map((incident) => shape(call, incident)), ...about } };
    },
  },
  {
    name: 'incidents.get',
    method: 'GET',
    path: '/incidents/{id}',
    query: ['include[]'],
    run: (call) => ({ body: { incident: shape(call, needIncident(call)) } }),
  },
  {
    name: 'incidents.alerts',
    method: 'GET',
    path: '/incidents/{id}/alerts',
    query: [...paging, 'alert_key', 'include[]', 'sort_by', 'statuses[]'],
    run(call) {
      const incident = needIncident(call);
      const key = call.query.get('alert_key');
      const alerts = incident.alerts.filter((one) => key === null || one.key === key);
      const { page, paging: about } = pageOf(alerts, call.query);
      return { body: { alerts: page.map((one) => alertShape(call.desk.refer, incident, one)), ...about } };
    },
  },
  {
    name: 'incidents.log_entries',
    method: 'GET',
    path: '/incidents/{id}/log_entries',
    query: [...paging, 'include[]', 'is_overview', 'since', 'time_zone', 'until'],
    run(call) {
      const incident = needIncident(call);
      const since = timeIn(call.query, 'since') ?? 0;
      const until = timeIn(call.query, 'until') ?? Infinity;
      const newestFirst = incident.log.filter(({ at }) => at >= since && at < until).toReversed();
      const { page, paging: about } = pageOf(newestFirst, call.query);
      return { body: { log_entries: page.map((one) => logShape(call.desk.refer, incident, one)), ...about } };
    },
  },
];
