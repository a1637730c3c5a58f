import type { Incident } from '../../incident/incident.ts';
import { openStatuses } from '../../incident/lifecycle.ts';
import type { Reader } from '../../store/store.ts';
import { alike, likelyFor } from './similar.ts';

/** As many as a form shows without hiding its first field. */
const mostShown = 3;

/** The open incidents that somebody about to declare should see first. Titles are compared; only what is alike is read whole. */
export async function findSimilar(
  tx: Reader,
  title: string,
  isVisible: (incident: Incident) => boolean,
  now: Date,
): Promise<Incident[]> {
  const since = new Date(now.getTime() - likelyFor);
  const found: Incident[] = [];
  for (const { id } of alike(title, await tx.incidents.titles({ statuses: openStatuses, since }), now)) {
    const incident = await tx.incidents.load(id);
    if (incident && isVisible(incident)) found.push(incident);
    if (found.length === mostShown) break;
  }
  return found;
}
