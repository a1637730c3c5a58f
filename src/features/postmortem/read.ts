import type { Incident, Place } from '../../incident/incident.ts';
import type { Policy } from '../../policy.ts';
import { serviceNames } from '../../slack/incident-words.ts';
import type { Reader } from '../../store/store.ts';
import { readTimeline } from '../timeline/read.ts';
import type { Document, Section } from './document.ts';
import type { Values } from './fields.ts';
import { fill } from './fill.ts';
import { type Draft, sections } from './sections.ts';
import { valuesOf } from './values.ts';

export interface Given {
  /** People's names by their Slack id; who is not in it is called `@U012`. */
  names: ReadonlyMap<string, string>;
  policy: Policy;
  now: Date;
  /** The address of a message. */
  link: (place: Place) => string;
}

/** The postmortem as it reads now: everything in it is looked up anew, so what was corrected or erased since is right. */
export async function readDocument(tx: Reader, incident: Incident, given: Given): Promise<Document> {
  const { names, policy, now } = given;
  const record = await tx.record.of(incident.id);
  const lines = await readTimeline(tx, incident, { ...policy, person: (id) => names.get(id) });
  const pictures = await tx.images.of(incident.id);
  const values = valuesOf({ incident, record, lines, pictures, ...given });
  const drafts = await sections(tx, incident, policy);
  const { status = 'draft' } = incident.postmortem ?? {};
  return {
    incident,
    title: incident.title,
    status,
    ...(incident.postmortemOwner && { owner: incident.postmortemOwner }),
    services: serviceNames(incident, policy),
    sections: drafts.map((draft) => sectionOf(draft, values, status === 'published')),
    names,
    madeAt: now,
  };
}

const unwritten = '*Nothing was written here.*';

/** What is published asks no questions. */
function sectionOf({ key, title, revision, nodes }: Draft, values: Values, published: boolean): Section {
  const markdown = fill(nodes, values, { prompts: !published });
  return { key, title, revision, markdown: markdown || unwritten };
}
