import { wordsAsked } from '../../incident/words.ts';
import { type Person, sightOf } from '../../may.ts';
import type { Policy } from '../../policy.ts';
import type { Reader } from '../../store/store.ts';
import { mostOnPage } from './listed.ts';
import type { Found } from './views.ts';

/** One page of what somebody may see of the incidents that say this; undefined where nothing is asked for. */
export async function found(
  tx: Reader,
  text: string,
  before: number | undefined,
  person: Person,
  policy: Policy,
): Promise<Found | undefined> {
  const words = wordsAsked(text);
  if (words.length === 0) return undefined;
  const search = { words, before, sight: sightOf(policy, person), limit: mostOnPage + 1 };
  const exact = await tx.incidents.search(search);
  // Nothing says just that: words may have been cut short, "check" for "checkout".
  const page = exact.length > 0 ? exact : await tx.incidents.search({ ...search, prefix: true });
  const older = page.length > mostOnPage ? page[mostOnPage - 1]?.number : undefined;
  return { words: text, incidents: page.slice(0, mostOnPage), older };
}
