import type { Message } from '../sandbox/wire.ts';
import type { Incident } from '../src/incident/incident.ts';
import type { Recorded } from '../src/store/record.ts';
import type { Kept } from './check.ts';
import { people } from './play.ts';
import type { World } from './world.ts';

/** What a person was reminded of: which incident, and which promise. */
interface Reminded {
  incident: string;
  due: number;
  at: number;
}

/** Reminders as people got them; the button under each says what it is about. */
export async function remindersOf({ slack }: World): Promise<Reminded[]> {
  const all = await Promise.all(people.map(async (name) => slack.as(name).directMessages()));
  return all.flat().flatMap(remindedIn);
}

function remindedIn({ blocks = [], ts }: Message): Reminded[] {
  const buttons = blocks.flatMap(({ elements }) => (elements ?? []) as { action_id?: string; value?: string }[]);
  const value = buttons.find(({ action_id: action }) => action === 'snooze-update')?.value;
  const [incident = '', due = ''] = value?.split('@') ?? [];
  return value ? [{ incident, due: Number(due), at: Number(ts) * 1000 }] : [];
}

/** How often the clock struck, over all incidents. */
export function strikesOf({ incidents }: Kept): { reminded: number; overdue: number; escalated: number } {
  const count = (type: string) =>
    incidents.reduce((sum, { record }) => sum + record.filter(({ event }) => event.type === type).length, 0);
  return { reminded: count('updateReminded'), overdue: count('updateFellDue'), escalated: count('updateEscalated') };
}

/** One reminder for each promise that came near, none twice, none after the end, none of what was never promised. */
export function wrongReminders({ incidents }: Kept, got: Reminded[]): string[] {
  return [
    ...incidents.flatMap(({ incident, record }) => inRecord(record).map((what) => `#${incident.number}: ${what}`)),
    ...twice(got.map(({ incident, due }) => `${incident} of ${new Date(due).toISOString()}`)).map(
      (which) => `somebody was reminded twice: ${which}`,
    ),
    ...got.flatMap((reminded) => unfounded(reminded, incidents)),
  ];
}

function inRecord(record: Recorded[]): string[] {
  const end = record.findIndex(({ event }) => event.type === 'resolved');
  const strikes = record.flatMap(({ event, seq }) =>
    event.type === 'updateReminded' || event.type === 'updateFellDue' || event.type === 'updateEscalated'
      ? [{ what: `${event.type} of ${event.due.toISOString()}`, seq }]
      : [],
  );
  const late = strikes.filter(({ seq }) => end !== -1 && seq > end + 1);
  return [
    ...twice(strikes.map(({ what }) => what)).map((what) => `${what} happened twice`),
    ...late.map(({ what }) => `${what} happened after it was resolved`),
    ...passedBy(record),
  ];
}

/** What is said in the second in which it was promised is said in time, whoever was quicker. Milliseconds. */
const inTime = 1_000;

/** Promises that were due before anything kept or ended them, and nobody was reminded of. */
function passedBy(record: Recorded[]): string[] {
  const promises = record.flatMap(({ event, at, seq }) =>
    event.type === 'nextUpdateDueChanged' ? [{ due: event.due, at, seq }] : [],
  );
  return promises.flatMap(({ due, seq }, index) => {
    const until = promises[index + 1] ?? record.find(({ event }) => event.type === 'resolved');
    const during = record.filter((one) => one.seq > seq && one.seq < (until?.seq ?? Number.POSITIVE_INFINITY));
    const passed = due && (until === undefined || until.at.getTime() > due.getTime() + inTime);
    const was = (type: string) => during.some(({ event }) => event.type === type);
    return passed && !(was('updateReminded') && was('updateFellDue'))
      ? [`nobody was reminded of the update promised by ${due.toISOString()}`]
      : [];
  });
}

function unfounded({ incident, due, at }: Reminded, all: { incident: Incident; record: Recorded[] }[]): string[] {
  const about = all.find((one) => one.incident.id === incident);
  const decided = about?.record.some(({ event }) => event.type === 'updateReminded' && event.due.getTime() === due);
  const end = about?.incident.resolvedAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return decided && at < end + moment ? [] : [`a reminder of ${incident} that nothing asked for, or after its end`];
}

/** A reminder may be on the wire while somebody resolves. Milliseconds. */
const moment = 60_000;

const twice = (all: string[]): string[] => all.filter((one, index) => all.indexOf(one) !== index);
