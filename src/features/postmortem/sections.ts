import type { Incident } from '../../incident/incident.ts';
import type { Policy } from '../../policy.ts';
import type { Revision } from '../../store/postmortem-texts.ts';
import type { Reader } from '../../store/store.ts';
import { type Node, parseText, templateOf } from './template.ts';

/** A section as a writer finds it: with `{{…}}` for what is filled in by itself. */
export interface Draft {
  key: string;
  title: string;
  text: string;
  /** Of the text that counts; 0 where nobody has written it yet. It is the `base` of the next writing. */
  revision: number;
  by?: string;
  at?: Date;
  /** Texts that were written over one their writer had not seen; the newest last. */
  asides: Revision[];
  /** Questions that nobody has answered yet. */
  questions: number;
  nodes: Node[];
}

/** The sections of the template in its order, then those that were written when the template still had them. */
export async function sections(tx: Reader, incident: Incident, policy: Policy): Promise<Draft[]> {
  const written = Map.groupBy(await tx.postmortemTexts.revisions(incident.id), ({ section }) => section);
  const template = templateOf(policy).sections;
  const known = new Set(template.map(({ key }) => key));
  const former = [...written.keys()].filter((key) => !known.has(key));
  return [
    ...template.map((section) => draft(section, written.get(section.key) ?? [], incident)),
    ...former.map((key) => draft({ key, title: titleOf(key), text: '', nodes: [] }, written.get(key) ?? [], incident)),
  ];
}

function draft(
  section: { key: string; title: string; text: string; nodes: Node[] },
  revisions: Revision[],
  incident: Incident,
): Draft {
  const counts = revisions.findLast(({ aside }) => !aside);
  const nodes = counts ? parseText(counts.text) : section.nodes;
  return {
    key: section.key,
    title: section.title,
    text: counts?.text ?? section.text,
    revision: counts?.revision ?? 0,
    ...(counts && { by: counts.by, at: counts.at }),
    asides: revisions.filter(({ aside }) => aside),
    questions: questionsIn(nodes, incident),
    nodes,
  };
}

/** What is asked only while there are no follow-ups is answered by having some. */
const questionsIn = (nodes: Node[], incident: Incident): number =>
  nodes.reduce((count, node) => {
    if (node.kind === 'block') {
      const isThere = node.name === 'followUps' && incident.followUps.length > 0;
      return isThere && node.when === 'absent' ? count : count + questionsIn(node.inside, incident);
    }
    return count + (node.kind === 'prompt' ? 1 : 0);
  }, 0);

const titleOf = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1).replaceAll('-', ' ');
