import type { Happened, IncidentEvent } from './events.ts';
import type { Impact, Interval } from './impact.ts';
import type { Incident } from './incident.ts';

/** When each turn of it was reached. What nobody knows is absent; nothing stands in for it. */
export interface Milestones {
  felt: Impact['felt'];
  /** Customers began to feel it: every duration counts from here. */
  started?: Date;
  detected?: Date;
  declared: Date;
  /** Somebody took a page, somebody other than the declarer came, or a role was taken: whichever was first. */
  acknowledged?: Date;
  /** A commander and one more were there. */
  assembled?: Date;
  firstUpdate?: Date;
  /** The last stretch that customers felt was over. */
  mitigated?: Date;
  resolved?: Date;
}

export const milestoneNames = [
  'started',
  'detected',
  'declared',
  'acknowledged',
  'assembled',
  'firstUpdate',
  'mitigated',
  'resolved',
] as const;
export type MilestoneName = (typeof milestoneNames)[number];

type Record = readonly (Happened & { event: IncidentEvent })[];

const leader = 'commander';

/** `record`: from its first event on. Pure: the same record gives the same milestones. */
export function milestonesOf(incident: Incident, record: Record): Milestones {
  const stretches = stretchesOf(incident);
  const came = arrivals(record);
  const known = {
    started: stretches[0]?.started,
    detected: incident.detectedAt,
    acknowledged: acknowledgedAt(incident, record, came),
    assembled: assembledAt(came),
    firstUpdate: record.find(({ event }) => event.type === 'updatePosted')?.at,
    mitigated: stretches.at(-1)?.ended,
    resolved: incident.resolvedAt,
  };
  return {
    felt: stretches.length > 0 ? 'yes' : incident.impact.felt,
    declared: incident.declaredAt,
    ...Object.fromEntries(Object.entries(known).filter(([, at]) => at !== undefined)),
  };
}

/** From the moment customers felt it, in milliseconds; below zero: before they did. Undefined: one of the two is not known. */
export function sinceStarted(milestones: Milestones, name: MilestoneName): number | undefined {
  const { started, [name]: at } = milestones;
  return started && at && at.getTime() - started.getTime();
}

/** Every stretch in which customers felt it, oldest first. */
export function stretchesOf({ earlierImpacts, impact }: Incident): Interval[] {
  if (impact.felt !== 'yes') return earlierImpacts;
  const { felt: _, ...stretch } = impact;
  return [...earlierImpacts, stretch];
}

export interface ImpactTotal {
  /** Milliseconds that customers felt it, over all stretches. */
  time?: number;
  /** The same with each stretch by its share of the customers: half of them for an hour are 30 minutes of all. */
  weighted?: number;
  /** The largest share, per cent. */
  share?: number;
}

/** A sum with a part that nobody knows is not known. */
export function impactTotal(incident: Incident, now: Date): ImpactTotal {
  const stretches = stretchesOf(incident);
  if (stretches.length === 0) return {};
  const until = incident.resolvedAt === undefined ? now : undefined;
  const lengths = stretches.map(({ started, ended = until }) =>
    started && ended ? Math.max(0, ended.getTime() - started.getTime()) : undefined,
  );
  const time = sum(lengths);
  const weighted = sum(
    lengths.map((length, index) => {
      const share = stretches[index]?.share;
      return length === undefined || share === undefined ? undefined : (length * share) / 100;
    }),
  );
  const shares = stretches.flatMap(({ share }) => share ?? []);
  return {
    ...(time !== undefined && { time }),
    ...(weighted !== undefined && { weighted }),
    ...(shares.length > 0 && { share: Math.max(...shares) }),
  };
}

export interface UpdatesKept {
  posted: number;
  /** Updates that were owed at a time; a promise that another took the place of before it fell due is none. */
  promised: number;
  onTime: number;
}

/** How many updates came by the time that people had been promised. */
export function updatesKept(record: Record, now: Date): UpdatesKept {
  const kept: UpdatesKept = { posted: 0, promised: 0, onTime: 0 };
  let due: Date | undefined;
  const settle = (at: Date, wasPosted: boolean) => {
    if (due && (wasPosted || due < at)) kept.promised += 1;
    if (due && wasPosted && at <= due) kept.onTime += 1;
    due = undefined;
  };
  for (const { event, at } of record) {
    if (event.type === 'updatePosted') {
      kept.posted += 1;
      settle(at, true);
    } else if (event.type === 'nextUpdateDueChanged') {
      // The same promise once more: only its reminders have moved.
      if (event.due?.getTime() !== due?.getTime()) settle(at, false);
      due = event.due;
    } else if (ends.has(event.type)) settle(at, false);
  }
  settle(now, false);
  return kept;
}

/** Nothing is owed any more. */
const ends: ReadonlySet<IncidentEvent['type']> = new Set(['resolved', 'closed', 'declined', 'cancelled', 'merged']);

interface Arrival {
  person: string;
  role?: string;
  at: Date;
}

function arrivals(record: Record): Arrival[] {
  return record.flatMap(({ event, at }): Arrival[] => {
    if (event.type === 'personJoined') return [{ person: event.person, at }];
    return event.type === 'roleAssigned' ? [{ person: event.person, role: event.role, at }] : [];
  });
}

function acknowledgedAt({ declaredBy, declaredAt }: Incident, record: Record, came: Arrival[]): Date | undefined {
  const others = came.filter(({ role, person }) => role !== undefined || person !== declaredBy).map(({ at }) => at);
  // By the pager's clock, which may be a little behind ours: nobody answered before there was a question.
  const taken = record.flatMap(({ event }) => {
    if (event.type === 'pageFound') return event.takers.map(({ at }) => (at > declaredAt ? at : declaredAt));
    return event.type === 'pageAcknowledged' ? [event.when > declaredAt ? event.when : declaredAt] : [];
  });
  return [...others, ...taken].toSorted((one, other) => one.getTime() - other.getTime())[0];
}

function assembledAt(came: Arrival[]): Date | undefined {
  const commander = came.find(({ role }) => role === leader);
  const responder = commander && came.find(({ person }) => person !== commander.person);
  return responder && new Date(Math.max(commander.at.getTime(), responder.at.getTime()));
}

const sum = (parts: (number | undefined)[]): number | undefined =>
  parts.reduce((total, part) => (total === undefined || part === undefined ? undefined : total + part), 0);
