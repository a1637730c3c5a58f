import { randomBytes } from 'node:crypto';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import type { Message } from '../../src/store/messages.ts';
import type { Store } from '../../src/store/store.ts';

export const busy = { messages: 10_000, entries: 300, images: 50, imageSize: 200_000 };

const minute = 60_000;
const began = Date.parse('2026-03-02T09:00:00Z');
const channel = 'C0BUSY';
const updates = 50;
const people = Array.from({ length: 40 }, (_, index) => `U${String(index).padStart(5, '0')}`);
export const names: ReadonlyMap<string, string> = new Map(people.map((id, index) => [id, `Person ${index}`]));
const person = (index: number) => people[index % people.length] ?? 'U00000';

const places = Array.from({ length: busy.messages }, (_, index) => ({
  channel,
  ts: `${began / 1000 + index}.000100`,
}));
const sentence =
  'The *queue* of <https://x.example/graph|eu-west> grows by 12,000 a minute; `restart worker-7` did not help, <@U00003>';

const messageAt = (index: number): Message => ({
  incident: 'inc_busy',
  ...(places[index] as { channel: string; ts: string }),
  author: person(index),
  kind: 'said',
  text: `${sentence} (${index})`,
  files: index % 40 === 0 ? [fileOf(index)] : [],
  earlier: [],
});

const fileOf = (index: number) => ({
  id: `F${String(index).padStart(6, '0')}`,
  name: `graph ${index}.png`,
  type: 'image/png',
  link: `https://example.slack.com/files/${index}`,
});

/** The longest day: as many messages, entries and images as an incident has that people still talk about. */
export async function aBusyIncident(store: Store): Promise<Incident> {
  const happenings: { event: IncidentEvent; at: Date }[] = [
    { event: declared, at: new Date(began) },
    ...people.map((one, index) => ({ event: joined(one), at: new Date(began + index * minute) })),
    ...Array.from({ length: updates }, (_, index) => told(index)),
    // Every fortieth has an image; of the others each seventh is kept, until there are as many as people read.
    ...kept().map((index) => ({
      event: { type: 'timelineAdded', at: new Date(began + index * 1000), source: places[index] } as IncidentEvent,
      at: new Date(began + 300 * minute),
    })),
    { event: resolved, at: new Date(began + 301 * minute) },
  ];
  return store.transact(async (tx) => {
    await tx.incidents.takeNumber();
    let incident: Incident | undefined;
    for (const { event, at } of happenings) {
      const happened = { by: person(1), at };
      const next = evolve(incident ?? undeclared('inc_busy', 1), event, happened);
      await tx.incidents.save(next, incident, [event], happened);
      incident = next;
    }
    for (let first = 0; first < busy.messages; first += 1000)
      await tx.messages.keep(Array.from({ length: 1000 }, (_, index) => messageAt(first + index)));
    for (let index = 0; index < busy.images; index++)
      await tx.images.keep({
        ...fileOf(index * 40),
        ...(places[index * 40] as { channel: string; ts: string }),
        incident: 'inc_busy',
        bytes: randomBytes(busy.imageSize),
      });
    return incident as Incident;
  });
}

function kept(): number[] {
  const withImages = Array.from({ length: busy.images }, (_, index) => index * 40);
  const others = Array.from({ length: busy.messages / 7 }, (_, index) => index * 7).filter((index) => index % 40 !== 0);
  return [...withImages, ...others.slice(0, busy.entries - updates - busy.images - 2)];
}

const declared: IncidentEvent = {
  type: 'declared',
  title: 'Checkout fails in Europe',
  summary: 'Customers cannot pay',
  severity: 'sev1',
  status: 'investigating',
  services: [],
  impact: { felt: 'yes', started: new Date(began - 10 * minute), share: 20 },
  isPrivate: false,
  isPractice: false,
  channelName: 'inc-1',
  policyVersion: 'bench',
};
const resolved: IncidentEvent = { type: 'resolved', from: 'monitoring', note: 'The pool was made larger' };
const joined = (one: string): IncidentEvent => ({ type: 'personJoined', person: one });
const told = (index: number): { event: IncidentEvent; at: Date } => ({
  event: { type: 'updatePosted', number: index + 1, text: `Payments still fail; ${sentence}` },
  at: new Date(began + (40 + index * 5) * minute),
});
