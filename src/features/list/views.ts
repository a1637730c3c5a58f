import type { KnownBlock } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, context, escape, type Message, section, time } from '../../slack/blocks.ts';
import { incidentName } from '../../slack/views.ts';
import { impactSentence, severityName, statusName } from '../channel/views.ts';

/** Slack takes 50 blocks in a message; the rest is counted. */
const most = 20;

export function listMessage(
  { open, over }: { open: Incident[]; over: Incident[] },
  policy: Policy,
  now: Date,
): Message {
  const text =
    open.length === 1 ? 'One incident is open' : `${open.length === 0 ? 'No' : open.length} incidents are open`;
  return {
    text,
    blocks: [
      section(`*${text}*`),
      ...open.slice(0, most).map((incident) => line(incident, policy, now)),
      ...(open.length > most ? [context(`and ${open.length - most} more`)] : []),
      ...(over.length > 0 ? [section('*Resolved lately*')] : []),
      ...over.map((incident) => context(resolvedLine(incident))),
      ...(open.length === 0 ? [actions('list', [button('declare-this', 'Declare an incident', '')])] : []),
    ],
  };
}

function line(incident: Incident, policy: Policy, now: Date): KnownBlock {
  const facts = `${escape(severityName(incident, policy))} · ${statusName(incident.status)} · customers ${impactSentence(incident, now)}`;
  return {
    ...section(`${incidentName(incident)}\n${facts}\nDeclared ${time(incident.declaredAt)}`),
    accessory: button('join', 'Join', incident.id),
  };
}

const resolvedLine = (incident: Incident) =>
  `${incidentName(incident)}, resolved ${incident.resolvedAt ? time(incident.resolvedAt) : ''}`;
