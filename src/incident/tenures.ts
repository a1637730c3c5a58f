import type { Happened, IncidentEvent } from './events.ts';

/** Somebody's time with a role. */
export interface Tenure {
  role: string;
  person: string;
  from: Date;
  /** Undefined: they have it still. */
  until?: Date;
  how: 'assigned' | 'taken' | 'handed-over';
  /** Who gave it. */
  by: string;
}

/** Who held what, when: from the record, oldest first. */
export function tenuresOf(record: (Happened & { event: IncidentEvent })[]): Tenure[] {
  const tenures: Tenure[] = [];
  function end(role: string, at: Date) {
    const held = tenures.findLast((tenure) => tenure.role === role && !tenure.until);
    if (held) held.until = at;
  }
  for (const { event, by, at } of record) {
    if (event.type === 'roleFreed') end(event.role, at);
    if (event.type !== 'roleAssigned') continue;
    end(event.role, at);
    tenures.push({ role: event.role, person: event.person, from: at, how: event.how, by });
  }
  return tenures;
}
