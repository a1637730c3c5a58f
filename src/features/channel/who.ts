import type { Incident } from '../../incident/incident.ts';

const commander = 'commander';

/** Whom to tell what concerns the incident when its channel cannot be told: who runs it, and who declared it. */
export function whoRunsIt({ roles, declaredBy }: Incident): string[] {
  const holder = roles[commander]?.person ?? Object.values(roles)[0]?.person;
  return [...new Set([...(holder ? [holder] : []), declaredBy])];
}
