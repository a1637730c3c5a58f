import type { Policy } from '../../policy.ts';
import type { Revision } from '../../store/postmortem-texts.ts';
import type { Tx } from '../../store/store.ts';
import { sections } from './sections.ts';

/** Characters; nobody reads so much, and a database row holds it. */
export const longestSection = 100_000;

export interface Writing {
  incident: string;
  section: string;
  text: string;
  /** The revision that the writer had before them; 0: the template. */
  base: number;
  by: string;
}

export type Written =
  | { saved: Revision }
  /** Somebody else wrote meanwhile. Both are kept; `clash` counts until the writer has chosen. */
  | { clash: Revision; mine: Revision }
  | {
      refused: 'no-postmortem' | 'postmortem-published' | 'no-such-section' | 'section-too-long' | 'nothing-to-change';
    };

/** The one way to write a section, from Slack and from a page. What is published is reopened first. */
export async function write(tx: Tx, { incident: id, ...writing }: Writing, policy: Policy, at: Date): Promise<Written> {
  // Nobody publishes, and nobody else writes, between the look and the writing.
  const incident = await tx.incidents.lock(id);
  if (!incident?.postmortem) return { refused: 'no-postmortem' };
  if (incident.postmortem.status === 'published') return { refused: 'postmortem-published' };
  if (writing.text.length > longestSection) return { refused: 'section-too-long' };
  const section = (await sections(tx, incident, policy)).find(({ key }) => key === writing.section);
  if (!section) return { refused: 'no-such-section' };
  const text = writing.text.replaceAll('\r\n', '\n').toWellFormed();
  if (text.trim() === section.text.trim()) return { refused: 'nothing-to-change' };
  const again =
    section.revision !== writing.base && section.asides.find((one) => one.text === text && one.by === writing.by);
  // The same form twice, as when the answer to the first was lost: it is kept once.
  const counts = again && (await tx.postmortemTexts.current(id)).get(section.key);
  if (again && counts && counts.revision < again.revision) return { clash: counts, mine: again };
  return tx.postmortemTexts.write({ ...writing, text, incident: id, at });
}
