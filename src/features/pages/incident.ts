import type { Incident } from '../../incident/incident.ts';
import { namesOf } from '../../slack/names.ts';
import type { Recorded } from '../../store/record.ts';
import type { PageContext, Pages } from '../../web/pages.ts';
import { notThere } from '../../web/site.ts';
import { readTimeline } from '../timeline/read.ts';
import { incidentPage } from './incident-view.ts';
import { linker } from './links.ts';
import { calling } from './people.ts';
import type { Seeing } from './seen.ts';

export const incident =
  (seeing: Seeing, { store, people, policy, identity }: Pages) =>
  async (c: PageContext) => {
    const seen = await seeing.incident(c);
    const visitor = c.get('visitor');
    if (!seen) return c.html(notThere(visitor), 404);
    // Asked of Slack before the transaction: it may take a while.
    const names = await namesOf(people, peopleOf(seen, await store.read((tx) => tx.record.of(seen.id))));
    const { timeline, said } = await store.read(async (tx) => ({
      timeline: await readTimeline(tx, seen, { ...policy, ...calling(names) }),
      said: await tx.messages.countOf(seen.id),
    }));
    const channelUrl = seen.channel && `${identity().url}archives/${seen.channel.id}`;
    const link = linker(identity);
    const mayExport = !seeing.denied(c, 'export', seen);
    return c.html(
      incidentPage({ incident: seen, timeline, said, names, policy, channelUrl, link, mayExport, visitor }),
    );
  };

/** Everybody who is named on the page, those with a part in it first: not all of a crowd may be asked for. */
function peopleOf(incident: Incident, record: Recorded[]): string[] {
  const { declaredBy, resolvedBy, postmortemOwner, latestUpdate, roles, followUps, tasks, members } = incident;
  const named = [declaredBy, resolvedBy, postmortemOwner, latestUpdate?.by].filter((id) => id !== undefined);
  return [
    ...named,
    ...Object.values(roles).map(({ person }) => person),
    ...[...followUps, ...tasks].flatMap(({ owner }) => owner ?? []),
    ...record.flatMap(({ by, event }) => ('person' in event && event.person ? [by, event.person] : [by])),
    ...members,
  ];
}
