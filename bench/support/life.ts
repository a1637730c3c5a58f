import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import { severities } from '../../src/incident/severity.ts';

export interface Life {
  incident: Incident;
  events: IncidentEvent[];
  /** When the last of it happened. */
  at: Date;
}

const newest = Date.parse('2026-06-01T00:00:00Z');
const hour = 3_600_000;

const services = ['website', 'api', 'checkout', 'sign-in'];
const things = 'Checkout Search Sign-in Images Mails Reports Payments Uploads Exports Maps Login Basket'.split(' ');
const complaints = 'fails slow empty wrong late down stuck flaky refused doubled'.split(' ');
const causes =
  'certificate deploy cache replica queue index timeout migration disk quota router flag lock memory pool token'.split(
    ' ',
  );
const places = 'Berlin Dublin Oregon Tokyo Mumbai Sydney Paris Ohio'.split(' ');

/** The same for the same number, so that two machines measure the same. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2_654_435_761;
  return (sides) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return (state >>> 8) % sides;
  };
}

const oneOf = <T>(list: readonly T[], roll: (sides: number) => number): T => list[roll(list.length)] as T;
const person = (index: number) => `U${String(index).padStart(5, '0')}`;

/** One incident from declare to its end, told in `events` events; the last `open` of all are still going on. */
export function lifeOf(
  number: number,
  size: { incidents: number; events: number; open: number; people: number },
): Life {
  const roll = dice(number);
  const isOpen = number > size.incidents - size.open;
  const declaredBy = person(roll(size.people));
  const declaredAt = new Date(newest - (size.incidents - number) * hour);
  const events: IncidentEvent[] = [declared(number, roll)];
  const members = new Set(Array.from({ length: 3 + roll(15) }, () => person(roll(size.people))));
  for (const member of members) events.push({ type: 'personJoined', person: member });
  events.push({ type: 'roleAssigned', role: 'commander', person: declaredBy, how: 'taken' });
  const taskAt = events.length;
  events.push({
    type: 'taskAdded',
    number: 1,
    text: `Look at the ${oneOf(causes, roll)}`,
    owner: [...members][0] ?? declaredBy,
  });
  const ending = isOpen ? 0 : 2;
  for (let update = 1; events.length < size.events - ending; update++) events.push(...told(update, roll));
  events.splice(size.events - ending);
  if (!isOpen)
    events.push(
      { type: 'taskFinished', number: 1 },
      { type: 'resolved', from: 'investigating', note: `Put the ${oneOf(causes, roll)} back` },
    );

  const step = (2 * hour) / events.length;
  const at = (index: number) => new Date(declaredAt.getTime() + index * step);
  const incident = events.reduce(
    (so_far, event, index) =>
      evolve(so_far, event, { by: index < taskAt ? declaredBy : person(roll(size.people)), at: at(index) }),
    undeclared(`inc_${String(number).padStart(8, '0')}`, number),
  );
  return { incident, events, at: at(events.length) };
}

function declared(number: number, roll: (sides: number) => number): IncidentEvent {
  const title = `${oneOf(things, roll)} ${oneOf(complaints, roll)} in ${oneOf(places, roll)}`;
  return {
    type: 'declared',
    title,
    summary: `Since the last ${oneOf(causes, roll)} change people write that ${title.toLowerCase()}`,
    severity: oneOf(severities, roll),
    status: 'investigating',
    services: [oneOf(services, roll)],
    impact: { felt: roll(3) === 0 ? 'unknown' : 'yes' },
    isPrivate: roll(20) === 0,
    isPractice: roll(100) === 0,
    channelName: `inc-${number}`,
    policyVersion: 'archive',
  };
}

/** What an update leaves in the record. */
function told(number: number, roll: (sides: number) => number): IncidentEvent[] {
  const text = `The ${oneOf(causes, roll)} of ${oneOf(places, roll)} was not it; we look at the ${oneOf(causes, roll)} now. Number ${roll(100_000)} of the queue is stuck.`;
  return [
    { type: 'updatePosted', number, text },
    { type: 'nextUpdateDueChanged', due: new Date(newest + number * hour) },
  ];
}
