import type { Incident } from '../../incident/incident.ts';
import type { Policy } from '../../policy.ts';
import { cut, escape } from '../../slack/blocks.ts';

/** As the policy of today calls it; a role that it no longer has is called by its key. */
export const roleName = (role: string, policy: Policy): string => policy.roles[role]?.name ?? role;

/** The same, made safe for mrkdwn and set off. */
export const bold = (role: string, policy: Policy): string => `*${escape(cut(roleName(role, policy), 60))}*`;

/** The roles there are: those of the policy, and those that somebody still has from an earlier one. */
export function rolesOf(incident: Incident, policy: Policy): string[] {
  return [...new Set([...Object.keys(policy.roles), ...Object.keys(incident.roles)])];
}

export const people = (ids: string[]): string => ids.map((id) => `<@${id}>`).join(', ');
