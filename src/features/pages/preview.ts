import type { Incident } from '../../incident/incident.ts';
import type { Reader } from '../../store/store.ts';
import { fill } from '../postmortem/fill.ts';
import { pointedAt } from '../postmortem/pointed.ts';
import type { Given } from '../postmortem/read.ts';
import { parseText } from '../postmortem/template.ts';
import { valuesOf } from '../postmortem/values.ts';
import { weakFollowUps } from '../postmortem/weak-follow-ups.ts';
import { readTimeline } from '../timeline/read.ts';
import type { Preview } from './postmortem-view.ts';

/** How a section reads that nobody has saved, filled in as the postmortem will be. */
export async function previewOf(
  tx: Reader,
  incident: Incident,
  { section, text }: { section: string; text: string },
  given: Given,
): Promise<Preview> {
  const { names, policy } = given;
  const record = await tx.record.of(incident.id);
  const lines = await readTimeline(tx, incident, { ...policy, person: (id) => names.get(id) });
  const pictures = await tx.images.of(incident.id);
  return {
    markdown: fill(parseText(text), valuesOf({ incident, record, lines, pictures, ...given }), { prompts: true }),
    pointed: pointedAt(text, incident, names.values()),
    weak: weakFollowUps(section, text, incident),
  };
}
