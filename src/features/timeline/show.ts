import type { Incident } from '../../incident/incident.ts';
import { type Action, denial, type Person } from '../../may.ts';
import type { Message } from '../../slack/blocks.ts';
import type { Inside } from '../../slack/inside.ts';
import { permalink } from '../../slack/outside.ts';
import { type Looking, pageOf } from './page.ts';
import { readTimeline } from './read.ts';
import { timelineMessage } from './views.ts';

interface Seer {
  incident: Incident;
  here: boolean;
  person: Person;
}

/** A page of it, as this person may see it; whether they may see any of it was asked before. */
export async function showTimeline(
  { incident, here, person }: Seer,
  looking: Looking,
  inside: Inside,
): Promise<Message> {
  const { store, policy, identity } = inside;
  const lines = await store.read((tx) => readTimeline(tx, incident));
  const may = (action: Action) => !denial(policy, person, action, incident, { here });
  return timelineMessage(incident, {
    page: pageOf(lines, looking),
    linkTo: (place) => permalink(identity(), place),
    mayAdd: may('addToTimeline'),
    mayEdit: may('editTimeline'),
  });
}
