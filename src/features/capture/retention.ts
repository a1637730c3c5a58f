import type { Incident } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import type { Inside } from '../../slack/inside.ts';
import { atOnce } from './erase.ts';

const day = 24 * 60 * 60_000;
/** So many incidents are looked at together. */
const page = 100;

/** When its work was over; undefined: it goes on. */
export function endOf(incident: Incident): Date | undefined {
  if (!isOver(incident)) return undefined;
  return incident.resolvedAt ?? incident.reached[incident.status];
}

/** Erases what was said in incidents that ended so long ago, in small transactions. What was decided stays. */
export async function eraseWhatIsOld({ store, policy, now }: Inside): Promise<void> {
  const at = now();
  const before = new Date(at.getTime() - policy.retention.messageDays * day);
  for (let after = ''; ; ) {
    const quiet = await store.read((tx) => tx.captures.quiet(before, after, page));
    for (const id of quiet) {
      const incident = await store.read((tx) => tx.incidents.load(id));
      const end = incident && endOf(incident);
      if (end && end < before) await eraseAll(store, id, at);
    }
    const last = quiet.at(-1);
    if (last === undefined || quiet.length < page) return;
    after = last;
  }
}

async function eraseAll(store: Inside['store'], incident: string, at: Date): Promise<void> {
  const how = { by: 'retention', at, limit: atOnce };
  for (let more = true; more; )
    more = await store.transact(async (tx) => {
      const erased = await tx.messages.erase({ incident }, how);
      if (erased.size === 0) await tx.captures.forget(incident);
      return erased.size > 0;
    }, 'soon');
}
