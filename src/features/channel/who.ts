import type { Incident } from '../../incident/incident.ts';
import { standsFor } from '../../incident/stands-for.ts';

const commander = 'commander';

/** Whom to tell what concerns the incident when its channel cannot be told: who runs it, and who declared it or took its page. */
export function whoRunsIt(incident: Incident): string[] {
  const { roles } = incident;
  const holder = roles[commander]?.person ?? Object.values(roles)[0]?.person;
  return [...new Set([holder, standsFor(incident)])].filter((person) => person !== undefined);
}
