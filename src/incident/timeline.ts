import type { EventOf, Happened, IncidentEvent } from './events.ts';
import type { Impact, Interval } from './impact.ts';
import type { Place } from './incident.ts';

/** Moments on the customers' clock: entries of their own, since they were long before somebody said so. */
export type Moment = 'detected' | 'impact-started' | 'impact-ended';

/** What people read of the record. */
export interface Entry {
  /** `m:<channel>:<ts>` for a message, `e:<seq>` for what stands in the record itself, `e:<seq>:<moment>` for what that tells of. */
  id: string;
  /** When it happened, which may be long before it was written down. */
  at: Date;
  by: string;
  /** What it says, where it is neither an event nor a message: words of people, or those they put in the place of others. */
  text?: string;
  /** The event it tells of. Its words are a view's. */
  event?: IncidentEvent;
  /** The moment it marks; so are its words. */
  moment?: Moment;
  /** The message it is; what it says stands with the message. */
  source?: Place;
  hidden?: boolean;
  /** How it was changed, oldest first: who, when and why, and what stood there before. */
  changes: (Happened & { reason: string; before: { text?: string; at: Date } })[];
}

export const placeKey = ({ channel, ts }: Place): string => `${channel}:${ts}`;
export const messageEntry = (source: Place): string => `m:${placeKey(source)}`;
export const eventEntry = (seq: number): string => `e:${seq}`;
export const momentEntry = (seq: number, moment: Moment): string => `${eventEntry(seq)}:${moment}`;

/** As the record gives it. */
export type Seen = Happened & { seq: number; event: IncidentEvent };

/** What is in the timeline by itself: what changed how the incident stands, and what people were told. */
const byThemselves: ReadonlySet<IncidentEvent['type']> = new Set<IncidentEvent['type']>([
  'declared',
  'updatePosted',
  'statusChanged',
  'severityChanged',
  'impactStated',
  'impactBegan',
  'resolved',
  'reopened',
  'closed',
  'declined',
  'cancelled',
  'merged',
  'absorbed',
  'roleAssigned',
  'roleFreed',
  'madePrivate',
  'pageAsked',
  'pageFound',
  'pageFailed',
  'pageUntaken',
  'pageAcknowledged',
  'pageDeclined',
  'pageEscalated',
]);

/** The timeline as the record has it, oldest first, hidden entries among the others. Pure: the same record gives the same timeline. */
export function timelineOf(record: readonly Seen[]): Entry[] {
  const { take, entries } = folding();
  for (const seen of record) take(seen);
  // A stable sort: what has one time stays in the order in which it was recorded.
  return [...entries.values()].sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** A moment as it is known so far, and the entry that marks it. */
interface Marked {
  id: string;
  at: Date;
}

function folding() {
  const entries = new Map<string, Entry>();
  let marked: Partial<Record<Moment, Marked | undefined>> = {};
  let known: Impact = { felt: 'unknown' };
  /** The entries of what was last declared and resolved: a correction of that time moves them. */
  const latest: { declared?: string; resolved?: string } = {};

  function take(seen: Seen): void {
    if (!folds(seen) && byThemselves.has(seen.event.type)) put(toldBy(seen));
  }

  /** True when that was all: it has no entry of its own. */
  function folds(seen: Seen): boolean {
    const { event } = seen;
    switch (event.type) {
      case 'timelineAdded':
        put(added(seen, event));
        return true;
      case 'timelineRemoved':
        return entries.delete(messageEntry(event.source));
      case 'timelineChanged':
        return change(event.entry, event, seen);
      case 'timeCorrected':
        return correct(event, seen);
      case 'impactStated':
        return feel(event.impact, seen, event.reason);
      case 'impactBegan':
        marked = { detected: marked.detected };
        feel(event.impact, seen);
        return false;
      case 'declared':
        latest.declared = eventEntry(seen.seq);
        feel(event.impact, seen);
        return false;
      case 'resolved':
        latest.resolved = eventEntry(seen.seq);
        return false;
      default:
        return false;
    }
  }

  function put(entry: Entry): void {
    entries.set(entry.id, entry);
  }

  function change(id: string | undefined, to: Change, happened: Happened): boolean {
    const entry = id === undefined ? undefined : entries.get(id);
    if (entry) put(changed(entry, to, happened));
    return true;
  }

  const correct = ({ of, to, reason }: EventOf<'timeCorrected'>, seen: Seen): boolean =>
    of === 'detected' ? mark('detected', to, seen, reason) : change(latest[of], { at: to, reason }, seen);

  /** True when all that is new is when it began or ended: the moments say so. */
  function feel(impact: Impact, seen: Seen, reason = ''): boolean {
    const before = known;
    known = impact;
    const { started, ended } = impact.felt === 'yes' ? impact : ({} as Interval);
    const first = mark('impact-started', started, seen, reason);
    const last = mark('impact-ended', ended, seen, reason);
    return (first || last) && sameExtent(before, impact);
  }

  /** True when it is another moment now than it was. */
  function mark(moment: Moment, at: Date | undefined, seen: Seen, reason: string): boolean {
    const before = marked[moment];
    if (before?.at.getTime() === at?.getTime()) return false;
    const id = before?.id ?? momentEntry(seen.seq, moment);
    marked[moment] = at && { id, at };
    if (!at) entries.delete(id);
    else if (before) change(id, { at, reason }, seen);
    else put({ id, at, by: seen.by, moment, changes: [] });
    return true;
  }

  return { take, entries };
}

/** The same share of customers in the same journeys, as far as the later one says. */
function sameExtent(before: Impact, after: Impact): boolean {
  if (after.felt !== 'yes') return false;
  const { share, journeys = [] } = before.felt === 'yes' ? before : {};
  return share === after.share && String(journeys) === String(after.journeys ?? []);
}

const toldBy = ({ seq, at, by, event }: Seen): Entry => ({ id: eventEntry(seq), at, by, event, changes: [] });

function added({ seq, by }: Seen, { text, at, source }: EventOf<'timelineAdded'>): Entry {
  return {
    id: source ? messageEntry(source) : eventEntry(seq),
    at,
    by,
    changes: [],
    ...(text && { text }),
    ...(source && { source }),
  };
}

type Change = Pick<EventOf<'timelineChanged'>, 'text' | 'at' | 'hidden' | 'reason'>;

function changed(entry: Entry, { text, at, hidden, reason }: Change, { by, at: when }: Happened): Entry {
  const before = { ...(entry.text && { text: entry.text }), at: entry.at };
  return {
    ...entry,
    ...(text !== undefined && { text }),
    ...(at !== undefined && { at }),
    ...(hidden !== undefined && { hidden }),
    changes: [...entry.changes, { by, at: when, reason, before }],
  };
}
