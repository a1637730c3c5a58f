import * as z from 'zod';
import { Gone } from '../http.ts';
import type { DutyLevel, DutyOf, OnDuty } from '../pager-shapes.ts';
import { type Client, orGone } from './client.ts';
import { Schedule, Service, Shift } from './schema.ts';
import { namedIf, personOf } from './words.ts';

/** Long enough to see who comes next in a rotation of two weeks. Milliseconds. */
const ahead = 15 * 24 * 60 * 60_000;

/** Who is on call now and next. */
export function createDuty(client: Client) {
  async function ofPolicy(policy: string, now: Date): Promise<DutyLevel[]> {
    const query = { 'escalation_policy_ids[]': [policy], 'include[]': ['users'], ...range(now) };
    return levelsOf(await client.list('/oncalls', 'oncalls', Shift, query), now);
  }

  async function ofSchedule(schedule: string, now: Date): Promise<DutyLevel[]> {
    const asked = client.call('GET', `/schedules/${encodeURIComponent(schedule)}`, z.object({ schedule: Schedule }), {
      // Otherwise the shift that is on now would seem to begin now.
      query: { ...range(now), overflow: 'true' },
    });
    const { schedule: found } = await asked;
    const { rendered_schedule_entries: entries } = found.final_schedule;
    return levelsOf(
      entries.map((entry) => ({ ...entry, schedule: found, escalation_level: 1 })),
      now,
    );
  }

  async function policyOf(service: string): Promise<string> {
    const path = `/services/${encodeURIComponent(service)}`;
    const found = await orGone(client.call('GET', path, z.object({ service: Service })));
    if (!found?.service.escalation_policy)
      throw new Gone(`PagerDuty knows no service ${service} with an escalation policy`);
    return found.service.escalation_policy.id;
  }

  return async (of: DutyOf, now: Date): Promise<DutyLevel[]> => {
    if ('schedule' in of) return ofSchedule(of.schedule, now);
    return ofPolicy('service' in of ? await policyOf(of.service) : of.escalationPolicy, now);
  };
}

const range = (now: Date) => ({ since: now.toISOString(), until: new Date(now.getTime() + ahead).toISOString() });

/** Of each level: who is on duty, and whoever comes soonest after now. */
export function levelsOf(shifts: Shift[], now: Date): DutyLevel[] {
  const numbers = [...new Set(shifts.map(({ escalation_level: level }) => level))];
  return numbers
    .toSorted((one, other) => one - other)
    .map((level) => {
      const here = shifts.filter((shift) => shift.escalation_level === level && (!shift.end || shift.end > now));
      const later = here.filter(({ start }) => start && start > now);
      const soonest = Math.min(...later.map(({ start }) => Number(start)));
      return {
        level,
        now: onceEach(here.filter((shift) => !later.includes(shift))),
        next: onceEach(later.filter(({ start }) => Number(start) === soonest)),
      };
    })
    .filter(({ now, next }) => now.length + next.length > 0);
}

function onceEach(shifts: Shift[]): OnDuty[] {
  const first = shifts.filter(({ user }, at) => shifts.findIndex((one) => one.user.id === user.id) === at);
  return first.map(({ user, schedule, start, end }) => ({
    person: personOf(user),
    schedule: namedIf(schedule),
    from: start ?? undefined,
    until: end ?? undefined,
  }));
}
