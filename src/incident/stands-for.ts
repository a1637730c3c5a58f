import { byPager } from './begun.ts';
import type { Incident } from './incident.ts';

/** Who is asked about an incident in which nobody has a role: whoever declared it; of one that the pager began, who took its page. */
export function standsFor({ declaredBy, pages }: Pick<Incident, 'declaredBy' | 'pages'>): string | undefined {
  if (declaredBy !== byPager) return declaredBy;
  return pages.flatMap(({ takers }) => takers).find(({ person }) => person !== undefined)?.person;
}
