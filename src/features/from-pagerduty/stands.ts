import type { Begun } from '../../incident/begun.ts';
import type { PagerIncident } from '../../integrations/pager-shapes.ts';
import type { Inside } from '../../slack/inside.ts';
import { personOf } from '../paging/accounts.ts';
import type { Carried } from './started.ts';

/** How it stands there now. Where that cannot be asked it rings, as it did when it was heard of; the next look puts that right. */
export async function begunOf(carried: Carried, inside: Inside): Promise<Begun> {
  const { id, url, number, service, escalationPolicy, began } = carried;
  const facts = {
    outside: { id, ...(url && { url }) },
    ...(number !== undefined && { number }),
    ...(service && { service: service.id }),
    ...(escalationPolicy && { escalationPolicy: escalationPolicy.id }),
    name: service?.name ?? escalationPolicy?.name ?? 'PagerDuty',
    began,
  };
  const there = await standsThere(id, inside);
  if (!there) return { ...facts, state: 'ringing', when: began, takers: [], assigned: [] };
  return {
    ...facts,
    state: there.status,
    when: there.changedAt,
    takers: await takersOf(there, inside),
    assigned: there.assigned.map(({ name }) => name),
  };
}

async function standsThere(id: string, { paging, log }: Inside): Promise<PagerIncident | undefined> {
  return paging?.pager?.incidents?.get(id).catch((err: unknown) => {
    log.warn({ err }, 'could not ask PagerDuty how an incident stands that is being declared');
    return undefined;
  });
}

/** Somebody there whom nobody here can name has a name all the same; who it is can still be found out. */
const takersOf = ({ acknowledged }: PagerIncident, inside: Inside): Promise<Begun['takers']> =>
  Promise.all(
    acknowledged.map(async ({ person: account, at }) => {
      const person = await personOf(account, inside).catch((err: unknown) => {
        inside.log.warn({ err }, 'could not find out who an account of PagerDuty is in Slack');
        return undefined;
      });
      return { account: account.id, name: account.name, at, ...(person && { person }) };
    }),
  );
