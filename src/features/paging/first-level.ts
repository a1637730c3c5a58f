import type { PagerPerson } from '../../integrations/pager-shapes.ts';
import type { Outside } from '../../slack/outside.ts';
import { personOf } from './accounts.ts';
import { dutyOf } from './duty.ts';

export interface OnFirstLevel {
  /** As the pager calls them. */
  name: string;
  /** Their id in Slack; undefined where nobody there has their e-mail. */
  person: string | undefined;
}

/**
 * Who is on call at a target now, and would be rung first: nobody where the schedule is empty, no token is set, or the policy names
 * nothing to ask by. What PagerDuty does not answer throws, to be tried again.
 */
export async function firstLevelOf(target: string, outside: Outside): Promise<OnFirstLevel[]> {
  const { paging, policy, now } = outside;
  const found = Object.hasOwn(policy.paging.targets, target) ? policy.paging.targets[target] : undefined;
  const of = found && dutyOf(found);
  if (!paging?.onCall || !of) return [];
  const [first] = await paging.onCall.duty(of, now());
  return Promise.all((first?.now ?? []).map(({ person }) => inSlack(person, outside)));
}

async function inSlack(account: PagerPerson, outside: Outside): Promise<OnFirstLevel> {
  return { name: account.name, person: await personOf(account, outside) };
}
