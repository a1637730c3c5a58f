import { openStatuses } from '../../incident/lifecycle.ts';
import { type Person, sightOf } from '../../may.ts';
import type { Policy } from '../../policy.ts';
import type { Which } from '../../store/incidents.ts';
import type { Reader } from '../../store/store.ts';
import { tag } from '../../store/tags.ts';
import type { Filter } from './filter.ts';
import type { Listed } from './views.ts';

export const mostOnPage = 10;
/** How many resolved ones are shown for orientation. */
const mostResolved = 5;

/** One page of what somebody may see of it. `before`: the number of the last incident already shown. */
export async function listed(
  tx: Reader,
  filter: Filter,
  before: number | undefined,
  person: Person,
  policy: Policy,
): Promise<Listed> {
  const which: Which = { sight: sightOf(policy, person), practice: filter.practice, tags: tagsFor(filter, person) };
  const chosen: Which = filter.all ? which : { ...which, statuses: openStatuses };
  const page = await tx.incidents.page({ ...chosen, before, limit: mostOnPage + 1 });
  const first = before === undefined;
  return {
    filter,
    incidents: page.slice(0, mostOnPage),
    ...(page.length > mostOnPage && { older: page[mostOnPage - 1]?.number }),
    first,
    open: first && !filter.all ? await tx.incidents.count(chosen) : undefined,
    resolved:
      first && !filter.all ? await tx.incidents.page({ ...which, statuses: ['resolved'], limit: mostResolved }) : [],
  };
}

function tagsFor({ mine, practice, severity, service }: Filter, { id }: Person): string[] {
  // A practice run is listed as one and by nothing else.
  if (practice) return [tag.practice];
  // The one with the fewest incidents first: the list goes along it.
  return [
    ...(mine ? [tag.mine(id)] : []),
    ...(service ? [tag.service(service)] : []),
    ...(severity ? [tag.severity(severity)] : []),
  ];
}
