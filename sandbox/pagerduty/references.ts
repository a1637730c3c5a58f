/** https://developer.pagerduty.com/docs/resource-references: how one thing names another. */
import type { Account } from './account.ts';
import { priorities } from './directory.ts';

export type Reference = { id: string; type: string; summary: string | null; self: string; html_url: string | null };

export type References = ReturnType<typeof createReferences>;

/** `url` is where the sandbox listens. */
export function createReferences(account: Account, url: () => string) {
  const made = (id: string, kind: string, folder: string, summary: string | null): Reference => ({
    id,
    type: `${kind}_reference`,
    summary,
    self: `${url()}/pagerduty/api/${folder}/${id}`,
    html_url: `${url()}/pagerduty/${folder}/${id}`,
  });

  const user = (id: string) => made(id, 'user', 'users', account.user(id)?.name ?? null);
  const service = (id: string) =>
    made(id, 'service', 'services', account.state.services.find((one) => one.id === id)?.name ?? null);

  return {
    user,
    service,
    policy: (id: string) => made(id, 'escalation_policy', 'escalation_policies', account.policy(id)?.name ?? null),
    schedule: (id: string) => made(id, 'schedule', 'schedules', account.schedule(id)?.name ?? null),
    priority: (id: string) => ({
      ...made(id, 'priority', 'priorities', priorities.find((one) => one.id === id)?.name ?? null),
      html_url: null,
    }),
    incident: (id: string) => made(id, 'incident', 'incidents', account.incident(id)?.title ?? null),
    /** Who did it; null for what the clock did. */
    agent: (by: string | null) => (by === null ? null : account.user(by) ? user(by) : service(by)),
  };
}
