import type { Paging } from '../../paging.ts';
import type { Policy } from '../../policy.ts';
import { type Duty, dutyAtOnce, dutySoon } from './duty-soon.ts';

interface Asking {
  policy: Policy;
  paging?: Paging | undefined;
}

/** Who is on call for the commanders, as a sentence without markup; undefined where nobody is, or nobody can say. As it was heard lately. */
export const commandersAtOnce = (asking: Asking): string | undefined =>
  sentence(asking.policy, (target) => dutyAtOnce(target, asking));

/** The same, and asked for, as long as somebody waits. */
export async function commandersSoon(asking: Asking): Promise<string | undefined> {
  const target = commandersOf(asking.policy);
  const duty = target && (await dutySoon(target, asking));
  return duty && sentence(asking.policy, () => duty);
}

function commandersOf({ paging: { commanders, targets } }: Policy) {
  return commanders !== undefined && Object.hasOwn(targets, commanders) ? targets[commanders] : undefined;
}

function sentence(policy: Policy, dutyAt: (target: NonNullable<ReturnType<typeof commandersOf>>) => Duty) {
  const target = commandersOf(policy);
  const duty = target && dutyAt(target);
  if (!target || !Array.isArray(duty)) return undefined;
  const names = [...new Set((duty[0]?.now ?? []).map(({ person }) => person.name))].slice(0, mostNamed);
  if (names.length === 0) return undefined;
  return `${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} on call for ${target.name}.`;
}

const mostNamed = 3;
