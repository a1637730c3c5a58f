import type { Incident } from '../../incident/incident.ts';
import { wordsAsked } from '../../incident/words.ts';
import { type Person, sightOf, visibleTo } from '../../may.ts';
import type { Policy } from '../../policy.ts';
import type { Reader } from '../../store/store.ts';

const most = 3;

/** Those that people said belong to it, as far as the person may see them. */
export async function relatedTo(tx: Reader, incident: Incident, person: Person, policy: Policy): Promise<Incident[]> {
  const visible = visibleTo(policy, person);
  const found: Incident[] = [];
  for (const { id } of incident.related.slice(-most)) {
    const other = await tx.incidents.load(id);
    if (other && visible(other)) found.push(other);
  }
  return found;
}

/** Earlier ones that say what the title says: all of its words, or else its two longest. */
export async function similarBefore(
  tx: Reader,
  incident: Incident,
  person: Person,
  policy: Policy,
): Promise<Incident[]> {
  const words = wordsAsked(incident.title);
  const longest = words.toSorted((one, other) => other.length - one.length).slice(0, 2);
  for (const asked of [words, longest]) {
    const search = { words: asked, sight: sightOf(policy, person), before: incident.number, limit: most };
    const found = await tx.incidents.search(search);
    if (found.length > 0) return found.filter(({ id }) => !incident.related.some((one) => one.id === id));
  }
  return [];
}
