import type { Incident } from '../../incident/incident.ts';
import { type Action, denial, type Person } from '../../may.ts';
import { hours } from '../../time.ts';
import type { PageContext, Pages } from '../../web/pages.ts';
import { noteIn } from '../channel/note.ts';

/** An admin who reads page after page is told of once. */
const toldOnceIn = hours(12);

export type Seeing = ReturnType<typeof createSeeing>;

/** Which incident a page is about, for who may see it: to everybody else it is not there. */
export function createSeeing({ store, policy, enqueue, now, log }: Pages) {
  const told = new Map<string, number>();

  /** Whoever looks into a private one without being in it, because the policy trusts them, does so in the open. */
  async function tell(incident: Incident, { id }: Person): Promise<void> {
    const isIn = incident.declaredBy === id || incident.members.includes(id);
    const key = `${id}:${incident.id}`;
    if (!incident.isPrivate || isIn || now().getTime() - (told.get(key) ?? 0) < toldOnceIn) return;
    told.set(key, now().getTime());
    log.warn({ person: id, incident: incident.number }, 'an incident admin reads a private incident on a page');
    if (!incident.channel || incident.channelGone) return;
    const text = `:eyes: <@${id}> is reading this private incident on its page, as an incident admin.`;
    await enqueue([noteIn(incident, `seen-${id}`, { text })]);
  }

  return {
    /** By the number in its address; undefined: not there, or not for this person. */
    async incident(c: PageContext): Promise<Incident | undefined> {
      const number = Number(/^\d{1,9}$/.exec(c.req.param('number') ?? '')?.[0]);
      return Number.isNaN(number) ? undefined : this.seen(c, await store.read((tx) => tx.incidents.byNumber(number)));
    },

    async seen(c: PageContext, incident: Incident | undefined): Promise<Incident | undefined> {
      const { person } = c.get('visitor');
      if (!incident || denial(policy, person, 'see', incident)) return undefined;
      await tell(incident, person);
      return incident;
    },

    denied: (c: PageContext, action: Action, incident: Incident) =>
      denial(policy, c.get('visitor').person, action, incident),
  };
}
