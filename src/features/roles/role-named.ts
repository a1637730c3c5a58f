import type { Policy } from '../../policy.ts';
import { nearest } from '../../slack/nearest.ts';

/** A role as people name it, or the one that they may have meant. */
export type Named = { role: string } | { role?: undefined; near?: string };

/** By its key, its name, the first letters of its name (`ic`), or the beginning of either where only one does. */
export function roleNamed(words: string, roles: Policy['roles']): Named {
  const said = words.trim().toLowerCase().replace(/\s+/g, ' ');
  const known = Object.entries(roles).map(([role, { name, aliases = [] }]) => ({
    role,
    names: [...namesOf(role, name.toLowerCase()), ...aliases.map((alias) => alias.toLowerCase())],
  }));
  const only = (found: typeof known) => (found.length === 1 ? found[0]?.role : undefined);
  const role =
    only(known.filter(({ names }) => names.includes(said))) ??
    (said.length > 2 ? only(known.filter(({ names }) => names.some((name) => name.startsWith(said)))) : undefined);
  if (role) return { role };
  const near = nearest(
    said,
    known.flatMap(({ names }) => names).filter((name) => name.length > 2),
  );
  const meant = known.find(({ names }) => near && names.includes(near))?.role;
  return meant ? { near: meant } : {};
}

function namesOf(role: string, name: string): string[] {
  const words = name.split(/\s+/);
  const initials = words.map((word) => word.charAt(0)).join('');
  return [role, name, ...(words.length > 1 ? [initials] : [])];
}
