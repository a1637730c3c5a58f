import type { Incident } from '../../incident/incident.ts';
import type { Reader } from '../../store/store.ts';

/** It was declared already: takes back the declaration that is about to be made. */
export class Twin extends Error {
  readonly incident: Incident;
  constructor(incident: Incident) {
    super('an incident here is about it already');
    this.incident = incident;
  }
}

/** Looked for where declares wait for one another: of two that were meant at once, the second sees the first. */
export async function refuseTwin(tx: Reader, id: string): Promise<void> {
  const incident = await tx.incidents.byPage(id);
  if (incident) throw new Twin(incident);
}
