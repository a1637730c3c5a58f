import type { Incident } from '../../incident/incident.ts';
import { openStatuses } from '../../incident/lifecycle.ts';
import { isResponder, type Person } from '../../may.ts';
import type { Inside } from '../../slack/inside.ts';

/** Whoever is not at work on an incident wakes no more people than this, over all incidents. */
const most = 3;
/** Milliseconds. */
const within = 10 * 60_000;

/** Why somebody may not page any more for now; undefined: they may. */
export async function tooMany(
  person: Person,
  incident: Incident | undefined,
  { store, policy, now }: Inside,
): Promise<string | undefined> {
  if (incident ? isResponder(policy, person, incident) : policy.incidentAdmins.includes(person.id)) return undefined;
  const since = new Date(now().getTime() - within);
  // Ending an incident gives nobody another three.
  const [open, newest] = await store.read(
    async (tx) => [await tx.incidents.list({ statuses: openStatuses }), await tx.incidents.list()] as const,
  );
  const both = new Map([...open, ...newest].map((one) => [one.id, one]));
  const asked = [...both.values()].flatMap(({ pages }) =>
    pages.filter(({ by, cause, at }) => by === person.id && cause === 'asked' && at > since),
  );
  if (asked.length < most) return undefined;
  return `You have paged ${most} times in the last ten minutes. Join the channel of the incident and page from there, or ask its commander.`;
}
