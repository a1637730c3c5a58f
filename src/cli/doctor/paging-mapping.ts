import type { OnCall } from '../../integrations/contracts.ts';
import type { DutyLevel, Named } from '../../integrations/pager-shapes.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** An id of PagerDuty's and where it is named, such as `paging.targets.checkout in config/tocsin.yml`. */
export interface Mapped {
  id: string;
  from: string;
}

/** What of PagerDuty the policy names. */
export interface Mapping {
  services: Mapped[];
  escalationPolicies: Mapped[];
  schedules: Mapped[];
  priorities: Mapped[];
  /** By their names in the environment. */
  routingKeys: Mapped[];
}

export const nothingMapped: Mapping = {
  services: [],
  escalationPolicies: [],
  schedules: [],
  priorities: [],
  routingKeys: [],
};

/** Whether everything that is named is there, and somebody behind it. */
export async function checkMapping(mapping: Mapping, onCall: OnCall, now: Date): Promise<Finding[]> {
  const { services, escalationPolicies, schedules, priorities } = mapping;
  const found = [
    ...(await checkEach('service', services, onCall.services, (service) => onCall.duty({ service }, now))),
    ...(await checkEach('escalation policy', escalationPolicies, onCall.escalationPolicies, (escalationPolicy) =>
      onCall.duty({ escalationPolicy }, now),
    )),
    ...(await checkEach('schedule', schedules, onCall.schedules, (schedule) => onCall.duty({ schedule }, now))),
    ...(await checkThere('priority', priorities, onCall.priorities)),
  ];
  if (found.length > 0 || services.length + escalationPolicies.length + schedules.length + priorities.length === 0)
    return found;
  return [ok('All that the policy names of PagerDuty is there, with somebody on call.')];
}

async function checkEach(
  what: string,
  named: Mapped[],
  list: () => Promise<Named[]>,
  dutyOf: (id: string) => Promise<DutyLevel[]>,
): Promise<Finding[]> {
  if (named.length === 0) return [];
  const there = await list();
  const found: Finding[] = [];
  for (const one of named) {
    if (!there.some(({ id }) => id === one.id)) found.push(missed(what, one, there));
    else if (!(await dutyOf(one.id)).some(({ now }) => now.length > 0)) found.push(nobody(one));
  }
  return found;
}

/** What nobody stands behind has only to be there. */
async function checkThere(what: string, named: Mapped[], list: () => Promise<Named[]>): Promise<Finding[]> {
  if (named.length === 0) return [];
  const there = await list();
  return named.filter((one) => !there.some(({ id }) => id === one.id)).map((one) => missed(what, one, there));
}

function missed(what: string, { id, from }: Mapped, there: Named[]): Finding {
  const names = there.slice(0, 10).map((one) => `${one.name} (${one.id})`);
  const fix =
    names.length > 0 ? `There is ${names.join(', ')}${there.length > 10 ? ', …' : ''}.` : `There is no ${what} at all.`;
  return problem(`${from} names the ${what} ${id}, which PagerDuty does not have.`, `Correct it in the policy. ${fix}`);
}

const nobody = ({ from, id }: Mapped) =>
  warning(
    `Nobody is on call now behind ${from} (${id}): PagerDuty would take a page and wake nobody.`,
    'Put somebody on the schedule, or at the end of the escalation policy a person who is always on call.',
  );
