import type { Decision } from './decision.ts';
import type { ReportErased } from './timeline-commands.ts';

/** That something was erased stays in the record; what it said does not. */
export function erased({ of, count, person, source }: ReportErased): Decision {
  return { events: [{ type: 'messagesErased', of, count, ...(person && { person }), ...(source && { source }) }] };
}
