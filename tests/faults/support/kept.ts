import type { Incident } from '../../../src/incident/incident.ts';
import { openStore } from '../../../src/store/store.ts';
import type { World } from './world.ts';

/** An incident as the store has it, with its record. */
export interface Kept {
  incident: Incident;
  record: { event: { type: string; [field: string]: unknown }; by: string; at: Date }[];
}

/** The incidents whose titles hold one of these words. */
export function keptOf({ database }: Pick<World, 'database'>, words: string[]): Promise<Kept[]> {
  return openStore(database).read(async (tx) => {
    const found = (await tx.incidents.list({ limit: 1000 })).filter(({ title }) =>
      words.some((word) => title.includes(word)),
    );
    return Promise.all(
      found.map(async (incident) => ({ incident, record: (await tx.record.of(incident.id)) as Kept['record'] })),
    );
  });
}
