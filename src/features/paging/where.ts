import type { Incident } from '../../incident/incident.ts';
import type { Page } from '../../incident/page.ts';
import { pageOf } from '../../incident/paging.ts';
import type { Pager } from '../../integrations/contracts.ts';
import { NotApplied } from '../../outbox/failures.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import type { Links } from './alert.ts';

/** The page as it stands now, whatever the plan said when it was written. */
export async function pageIn(
  outside: Pick<Outside, 'store'>,
  { incident: id, page: number }: { incident: string; page: number },
): Promise<{ incident: Incident; page: Page } | undefined> {
  const incident = await incidentOf(outside as Outside, id);
  const page = pageOf(incident, number);
  return page && { incident, page };
}

/** A page that was asked for when there was a pager waits until there is one again. */
export function pagerOf({ paging }: Pick<Outside, 'paging'>): Pager {
  if (!paging?.pager) throw new NotApplied('PagerDuty is not set up any more');
  return paging.pager;
}

/** Under which id PagerDuty has it; undefined without a token, or where it never got there. */
export async function idOf(
  { key, outside: known }: Page,
  outside: Pick<Outside, 'paging'>,
): Promise<string | undefined> {
  return known?.id ?? (await pagerOf(outside).incidents?.find(key))?.id;
}

/** Nobody waits for Slack: before it has said who we are there is one link less. */
export function linksTo({ number, channel }: Incident, { publicUrl, identity }: Outside): Links {
  return {
    page: publicUrl && new URL(`/incidents/${number}`, publicUrl).href,
    channel: channel && workspaceOf(identity, channel.id),
  };
}

function workspaceOf(identity: Outside['identity'], channel: string): string | undefined {
  try {
    return `${identity().url}archives/${channel}`;
  } catch (error) {
    if (error instanceof NotApplied) return undefined;
    throw error;
  }
}
