import type { IncidentEvent } from '../../incident/events.ts';
import type { Policy } from '../../policy.ts';
import { cut, escape, time } from '../../slack/blocks.ts';
import { statusName } from '../../slack/incident-words.ts';
import { mention } from '../../slack/mention.ts';
import type { Recorded } from '../../store/record.ts';

/** So that the whole fits on a screen. */
const mostEntries = 6;

/** What happened, in order: how it began and the newest turns, a line each; what lies between is counted. */
export function storyOf(record: Recorded[], policy: Policy): string[] {
  const entries = record.flatMap(({ event, by, at }) => {
    const said = entryOf(event, by, policy);
    return said ? [`${time(at)} ${said}`] : [];
  });
  const left = entries.length - mostEntries;
  if (left <= 0) return entries;
  const [first = ''] = entries;
  return [first, `… ${left} more …`, ...entries.slice(1 - mostEntries)];
}

const why = (text: string) => (text ? `: ${escape(cut(text.replace(/\s+/g, ' '), 120))}` : '');
const roleName = (role: string, policy: Policy) => escape(policy.roles[role]?.name ?? role);

/** Undefined for what nobody needs to know afterwards: messages posted, channels furnished, people coming and going. */
function entryOf(event: IncidentEvent, by: string, policy: Policy): string | undefined {
  const severity = (key: keyof Policy['severities']) => escape(policy.severities[key].name);
  switch (event.type) {
    case 'declared':
      return `declared by ${mention(by)} as ${severity(event.severity)}`;
    case 'severityChanged':
      return `${severity(event.from)} → ${severity(event.to)}${why(event.reason)}`;
    case 'statusChanged':
      return `${statusName(event.to)}${why(event.note)}`;
    case 'impactBegan':
      return 'customers feel it again';
    case 'impactStated':
      return {
        yes: 'customers feel it',
        no: 'customers do not feel it',
        unknown: 'nobody knows whether customers feel it',
      }[event.impact.felt];
    case 'roleAssigned':
      return `<@${event.person}> is ${roleName(event.role, policy)}`;
    case 'roleFreed':
      return `nobody is ${roleName(event.role, policy)} any more`;
    case 'renamed':
      return `renamed${why(event.to)}`;
    case 'madePrivate':
      return 'made private';
    case 'absorbed':
      return `#${event.other.number} was merged into this one`;
    case 'merged':
      return `merged into #${event.into.number}`;
    case 'resolved':
      return `resolved by ${mention(by)}${why(event.note)}`;
    case 'reopened':
      return `reopened${why(event.reason)}`;
    case 'closed':
      return `closed${why(event.note)}`;
    case 'declined':
    case 'cancelled':
      return `${event.type}${why(event.reason)}`;
    default:
      return undefined;
  }
}
