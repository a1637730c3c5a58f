import type { AddLink, Relate, RemoveLink } from './commands.ts';
import { type Decision, one } from './decision.ts';
import type { Incident } from './incident.ts';

export function addLink(incident: Incident, { title, url }: AddLink): Decision {
  if (incident.links.some((link) => link.url === url)) return { refused: 'nothing-to-change' };
  return one({ type: 'linkAdded', title: title || new URL(url).hostname, url });
}

export function removeLink(incident: Incident, { url }: RemoveLink): Decision {
  return incident.links.some((link) => link.url === url)
    ? one({ type: 'linkRemoved', url })
    : { refused: 'no-such-link' };
}

export function relate(incident: Incident, { other }: Relate): Decision {
  if (other.id === incident.id || incident.related.some(({ id }) => id === other.id))
    return { refused: 'nothing-to-change' };
  return one({ type: 'related', other });
}
