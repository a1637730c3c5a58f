import { Gone, RefusedToken } from '../../integrations/http.ts';
import type { DutyLevel, DutyOf, OnDuty } from '../../integrations/pager-shapes.ts';
import type { TargetPolicy } from '../../policy-paging.ts';
import { escape, time } from '../../slack/blocks.ts';
import type { Inside } from '../../slack/inside.ts';

/** By what the pager is asked who is on call at a target; undefined where the policy names nothing to ask by. */
export const dutyOf = ({ escalationPolicy, service }: TargetPolicy): DutyOf | undefined =>
  escalationPolicy ? { escalationPolicy } : service ? { service } : undefined;

/** Who would be woken now, and who comes next: a line for people, also when there is nothing to tell. */
export async function dutyLine(target: TargetPolicy, { paging, now, log }: Inside): Promise<string> {
  const of = dutyOf(target);
  if (paging && !paging.pager) return onlyPagerDuty;
  if (!paging?.onCall || !of)
    return 'I cannot see who is on call: that takes a PagerDuty token and the id of a policy.';
  try {
    return dutyWords(await paging.onCall.duty(of, now()));
  } catch (err) {
    log.warn({ err }, 'could not ask PagerDuty who is on call');
    if (err instanceof Gone)
      return ':warning: PagerDuty does not know what the policy names here any more. Tell whoever runs me.';
    if (err instanceof RefusedToken) return ':warning: PagerDuty refuses my token. Tell whoever runs me.';
    return 'PagerDuty does not say who is on call at the moment. A page still goes out.';
  }
}

export const onlyPagerDuty =
  'Only PagerDuty knows who is on call, and it is not set up here. A page goes to everybody who reads the mail or webhook it is sent by.';

/** The first level, and who is behind it. */
export function dutyWords([first, ...behind]: DutyLevel[]): string {
  if (!first) return ':warning: Nobody is on call here: the schedule is empty. Choose somebody else.';
  const rest = behind.flatMap(({ level, now }) => (now.length > 0 ? [`level ${level}: ${people(now)}`] : []));
  return [
    // PagerDuty passes over a level where nobody is.
    ...(first.level > 1 ? [':warning: Nobody is on call at the first level'] : []),
    first.now.length > 0 ? `*Now* ${people(first.now)}${until(first.now)}` : ':warning: Nobody is on call right now',
    ...(first.next.length > 0 ? [`*Next* ${people(first.next)}${from(first.next)}`] : []),
    ...(rest.length > 0 ? [`then ${rest.join(', ')}`] : []),
  ].join(' · ');
}

const people = (duty: OnDuty[]): string => [...new Set(duty.map(({ person }) => escape(person.name)))].join(', ');
const until = ([first]: OnDuty[]): string => (first?.until ? ` until ${time(first.until)}` : '');
const from = ([first]: OnDuty[]): string => (first?.from ? ` from ${time(first.from)}` : '');
