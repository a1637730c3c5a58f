/** The incidents of PagerDuty, newest first, and what a person can do to each. */
import type { PagerIncident } from '../../../pagerduty/wire.ts';
import { untilWords } from '../clock.tsx';
import type { PartProps } from './panel.tsx';
import { Responders } from './responders.tsx';

export function IncidentList(props: PartProps) {
  const { incidents } = props.pager;
  if (incidents.length === 0) return <p class="soft">Nothing is open, and nobody has been paged yet.</p>;
  return (
    <ul class="pager-incidents">
      {incidents.map((incident) => (
        <Incident key={incident.id} {...props} incident={incident} />
      ))}
    </ul>
  );
}

function Incident({ page, pager, act, set, incident }: PartProps & { incident: PagerIncident }) {
  const { id, number, title, status, assignees, level, escalatesAt, acknowledgements } = incident;
  const nameOf = (user: string) => pager.users.find((one) => one.id === user)?.name ?? user;
  const service = pager.services.find((one) => one.id === incident.service)?.name ?? incident.service;
  const taken = acknowledgements.map(({ user }) => nameOf(user)).join(', ');
  const rung = assignees.map(({ user }) => nameOf(user)).join(', ');
  const next = escalatesAt === null ? '' : ` · escalates ${untilWords(escalatesAt - page.now())}`;
  const button = (label: string, what: 'acknowledge' | 'escalate' | 'resolve' | 'reopen') => (
    <button
      type="button"
      class="bk-button"
      aria-label={`${label} #${number}`}
      onClick={() => act({ do: what, incident: id })}
    >
      {label}
    </button>
  );
  return (
    <li class={`pager-incident pager-${status}`}>
      <p class="pager-title">
        <span class="pager-status">{status}</span> <b>#{number}</b> {title}
      </p>
      <p class="soft">
        {service} · {incident.urgency} urgency
        {status === 'triggered' && ` · level ${level}, ${rung || 'nobody'}${next}`}
        {status === 'acknowledged' && ` · ${taken ? `taken by ${taken}` : 'acknowledged by an event'}`}
        {incident.mergedInto !== null && ' · merged into another'}
      </p>
      <Responders pager={pager} set={set} incident={incident} />
      <div class="world-buttons">
        {status === 'triggered' && button('Acknowledge', 'acknowledge')}
        {status !== 'resolved' && button('Escalate', 'escalate')}
        {status !== 'resolved' && button('Resolve', 'resolve')}
        {status === 'resolved' && incident.mergedInto === null && button('Reopen', 'reopen')}
      </div>
    </li>
  );
}
