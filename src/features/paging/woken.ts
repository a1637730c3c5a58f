import type { Incident } from '../../incident/incident.ts';
import { whomItPages } from '../../incident/paging.ts';
import type { DutyLevel } from '../../integrations/pager-shapes.ts';
import { lazily } from '../../lazily.ts';
import type { Policy } from '../../policy.ts';
import type { TargetPolicy } from '../../policy-paging.ts';
import { cut, escape } from '../../slack/blocks.ts';
import type { Inside } from '../../slack/inside.ts';
import { type Duty, dutyAtOnce, dutySoon } from './duty-soon.ts';

/** What somebody has chosen who is about to declare. */
export type Chosen = Pick<Incident, 'severity' | 'services' | 'isPractice' | 'isPrivate'> & {
  /** What rings in PagerDuty already, where that is the start. */
  rung?: Parameters<typeof whomItPages>[2];
};

/** Who would be woken by declaring it like this, without asking: by name as far as that was heard lately. */
export const wokenAtOnce = (chosen: Chosen, inside: Inside): string | undefined =>
  wokenWords(chosen, inside.policy, (target) => dutyAtOnce(target, inside));

/** The same, and PagerDuty is asked who that is. It comes within its time whether PagerDuty answers or not. */
export async function woken(chosen: Chosen, inside: Inside): Promise<string | undefined> {
  const targets = targetsOf(chosen, inside.policy).slice(0, mostNamed);
  const duties = new Map<TargetPolicy, Duty>();
  await Promise.all(targets.map(async (target) => duties.set(target, await dutySoon(target, inside))));
  return wokenWords(chosen, inside.policy, (target) => duties.get(target) ?? 'unknown');
}

/** Those behind one routing key are paged as one. */
function targetsOf(chosen: Chosen, policy: Policy): TargetPolicy[] {
  return whomItPages(chosen, policy, chosen.rung).flatMap((one) =>
    one.kind === 'target' ? (policy.paging.targets[one.key] ?? []) : [],
  );
}

/** Nothing where nobody can be paged at all: nothing is set up. */
function wokenWords(chosen: Chosen, policy: Policy, dutyAt: (target: TargetPolicy) => Duty): string | undefined {
  const { targets, demands } = policy.paging;
  if (Object.keys(targets).length === 0) return undefined;
  if (chosen.isPractice) return 'Practice pages nobody.';
  const severity = escape(policy.severities[chosen.severity].name);
  if (demands[chosen.severity].length === 0) return `Nobody is paged at ${severity}. You can page somebody afterwards.`;
  const paged = targetsOf(chosen, policy).map((target) => ({ name: target.name, duty: dutyAt(target) }));
  if (paged.length === 0 && chosen.rung) return 'This pages nobody but those whom PagerDuty rings already.';
  if (paged.length === 0)
    return ':warning: This pages nobody: the policy names nobody for it. Page somebody afterwards.';
  const listed = shortened(paged.map(({ name, duty }) => `*${escape(name)}*${peopleOf(duty)}`));
  const isSilent = paged.some(({ duty }) => duty === 'silent');
  return [
    `:pager: This pages ${listed}.`,
    ...(isSilent ? ['PagerDuty does not say who that is now; they are paged all the same.'] : []),
    ...(chosen.isPrivate ? ['They get its number and a link, nothing else.'] : []),
  ].join(' ');
}

/** In one line. Each target is a request to PagerDuty. */
const mostNamed = 4;

function shortened(names: string[]): string {
  const more = names.length - mostNamed;
  return inWords().format([...names.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])]);
}

const inWords = lazily(() => new Intl.ListFormat('en'));

/** Whoever is rung first, and whoever is rung when they do not answer. */
function peopleOf(duty: Duty): string {
  if (duty === 'silent' || duty === 'unknown') return '';
  if (duty === 'gone') return ' (:warning: PagerDuty does not know it any more)';
  const [first, ...behind] = duty.map(({ now }) => namesOf(now)).filter(Boolean);
  if (!first) return ' (:warning: nobody is on call)';
  return behind[0] ? ` (${first}, then ${behind[0]})` : ` (${first})`;
}

const longestName = 60;

const namesOf = (duty: DutyLevel['now']): string =>
  shortened([...new Set(duty.map(({ person }) => escape(cut(person.name, longestName))))]);
