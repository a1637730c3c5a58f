import type { Policy } from '../../policy.ts';

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The target that people mean by a word: by its own name or key, or those of a service that it is there for. */
export function targetNamed(said: string, { paging, services }: Policy): string | undefined {
  const wanted = plain(said);
  const isIt = (...names: string[]) => wanted !== '' && names.some((name) => plain(name) === wanted);
  const own = Object.entries(paging.targets).find(([key, { name }]) => isIt(key, name));
  if (own) return own[0];
  const service = Object.entries(services).find(([key, { name }]) => isIt(key, name));
  const target = service?.[1].paging;
  return target !== undefined && Object.hasOwn(paging.targets, target) ? target : undefined;
}

/** `checkout the database is slow`: as many words as make a name, the rest is why. */
export function readTarget(text: string, policy: Policy): { target: string | undefined; why: string } {
  const words = text.split(/\s+/).filter(Boolean);
  for (let count = Math.min(words.length, 4); count > 0; count -= 1) {
    const target = targetNamed(words.slice(0, count).join(' '), policy);
    if (target) return { target, why: words.slice(count).join(' ') };
  }
  return { target: undefined, why: text };
}
