import type { Decision } from './decision.ts';
import type { Incident, Place } from './incident.ts';
import { placeKey } from './timeline.ts';
import type { AddToTimeline, ChangeTimeline, RemoveFromTimeline } from './timeline-commands.ts';

/** Messages in the timeline of one incident: nobody reads more, and the incident carries their places. */
const mostKept = 1000;

export const isFull = ({ timelineSources }: Incident): boolean => timelineSources.length >= mostKept;

/** When a message was said, by Slack's clock. */
export const saidAt = ({ ts }: Place): Date => new Date(Math.floor(Number(ts) * 1000));

/** People's clocks and ours differ by seconds; a time this little ahead is now. */
const tolerance = 60_000;

const isAhead = (at: Date, now: Date) => at.getTime() > now.getTime() + tolerance;
const earlier = (one: Date, other: Date) => (one < other ? one : other);

/** A message stands in it once, however many point at it, and at the time at which it was said. */
export function addToTimeline(incident: Incident, { text, at, source }: AddToTimeline, now: Date): Decision {
  if (at && isAhead(at, now)) return { refused: 'time-in-the-future' };
  if (!source && !text) return { refused: 'nothing-to-change' };
  if (source && incident.timelineSources.includes(placeKey(source))) return { events: [] };
  if (isFull(incident)) return { refused: 'timeline-full' };
  const when = at ? earlier(at, now) : source ? saidAt(source) : now;
  return { events: [{ type: 'timelineAdded', ...(text && { text }), at: when, ...(source && { source }) }] };
}

export function removeFromTimeline(incident: Incident, { source }: RemoveFromTimeline): Decision {
  if (!incident.timelineSources.includes(placeKey(source))) return { events: [] };
  return { events: [{ type: 'timelineRemoved', source }] };
}

export function changeTimeline(_: Incident, { type: __, ...change }: ChangeTimeline, now: Date): Decision {
  if (change.text === undefined && change.at === undefined && change.hidden === undefined)
    return { refused: 'nothing-to-change' };
  if (change.at && isAhead(change.at, now)) return { refused: 'time-in-the-future' };
  if (change.reason === '') return { refused: 'reason-needed' };
  return { events: [{ type: 'timelineChanged', ...change, ...(change.at && { at: earlier(change.at, now) }) }] };
}
