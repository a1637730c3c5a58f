import { Gone } from '../http.ts';
import type { Client } from './client.ts';
import type { Pages } from './pages.ts';
import { type Shift, Shift as ShiftShape } from './schema.ts';

/**
 * PagerDuty tells nobody on which level of its escalation policy an incident is, so it is seen from who is assigned. A level where nobody
 * is on call is passed over, as PagerDuty does.
 */
export function createNextLevel(client: Client, { get }: Pick<Pages, 'get'>) {
  return async (id: string): Promise<number | undefined> => {
    const incident = await get(id);
    if (!incident) throw new Gone(`PagerDuty knows no incident ${id}`);
    const policy = incident.escalation_policy?.id;
    if (!policy || incident.status === 'resolved') return undefined;
    const query = { 'escalation_policy_ids[]': [policy] };
    const shifts = await client.list('/oncalls', 'oncalls', ShiftShape, query);
    const assigned = incident.assignments.map(({ assignee }) => assignee.id);
    return nextOf(shifts, incident.assigned_via === 'direct_assignment' ? [] : assigned);
  };
}

/** The level after that of the assigned: where exactly they are on call, else the highest with one of them. */
export function nextOf(shifts: Shift[], assigned: string[]): number | undefined {
  const onCall = (level: number) =>
    new Set(shifts.filter((one) => one.escalation_level === level).map(({ user }) => user.id));
  const numbers = [...new Set(shifts.map((one) => one.escalation_level))].toSorted((one, other) => one - other);
  const wanted = new Set(assigned);
  const some = (level: number) => assigned.some((person) => onCall(level).has(person));
  const all = (level: number) =>
    wanted.size === onCall(level).size && [...wanted].every((one) => onCall(level).has(one));
  const exactly = numbers.find(all);
  const highest = numbers.findLast(some);
  const current = exactly ?? highest ?? 0;
  return numbers.find((level) => level > current);
}
