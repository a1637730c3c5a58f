import type { FollowUpKind, Priority } from '../../incident/follow-up-commands.ts';
import type { FollowUp, Incident } from '../../incident/incident.ts';
import { cut, escape, time } from '../../slack/blocks.ts';

export const kinds: Record<FollowUpKind, { name: string; what: string }> = {
  prevent: { name: 'Prevent', what: 'It does not happen again' },
  detect: { name: 'Detect', what: 'We see it sooner' },
  mitigate: { name: 'Mitigate', what: 'It does less harm, or ends sooner' },
  process: { name: 'Process', what: 'People work better together' },
};

export const priorities: Record<Priority, string> = { high: 'High', medium: 'Medium', low: 'Low' };

export const openFollowUps = ({ followUps }: Incident): FollowUp[] =>
  followUps.filter(({ done }) => !done).toSorted((one, other) => one.due.getTime() - other.due.getTime());

/** For the headline: nothing while there is none. */
export function followUpsLine(incident: Incident): string[] {
  const open = openFollowUps(incident).length;
  return open > 0 ? [`*Follow-ups* ${open} open`] : [];
}

export const oneLine = (text: string, longest: number): string => escape(cut(text.replace(/\s+/g, ' '), longest));

/** `3. Add an alert · @ben · due Friday · high`, safe for mrkdwn. */
export function followUpLine(
  { number, text, owner, due, done, priority, kind, ticket }: FollowUp,
  { longest = 300, now }: { longest?: number; now?: Date } = {},
): string {
  const late = now && due < now && !done;
  const facts = [
    owner ? `<@${owner}>` : 'nobody owns it',
    !done && (late ? `:warning: overdue since ${time(due)}` : `due ${time(due)}`),
    priority !== 'medium' && `${priorities[priority].toLowerCase()} priority`,
    kind !== 'process' && kinds[kind].name.toLowerCase(),
    ticket && `<${ticketAddress(ticket.url)}|${oneLine(ticket.key, 60).replaceAll('|', '') || 'ticket'}>`,
  ].filter(Boolean);
  return [`${number}. ${oneLine(text, longest)}`, ...facts].join(' · ');
}

/** Without what would end it in mrkdwn, and without blanks. */
const ticketAddress = (url: string) => escape(new URL(url).href).replaceAll('|', '%7C');
