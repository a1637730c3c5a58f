/** What PagerDuty knows: people, services, incidents and who is to be told, in one object that is saved as it is. */
import { firstPolicies, firstSchedules, firstServices, firstUsers } from './directory.ts';
import type { PagerIncident, PagerPolicy, PagerSchedule, PagerService, PagerSubscription, PagerUser } from './wire.ts';

/** A webhook that is not delivered yet. */
export type Waiting = {
  /** X-Webhook-Id: the same at every attempt */
  id: string;
  subscription: string;
  /** events of one incident go one after another */
  incident: string;
  type: string;
  body: string;
  /** epoch ms on the sandbox clock */
  createdAt: number;
};

export type AccountState = {
  /** Epoch ms: when the first of every schedule began their first turn. */
  turnsFrom: number;
  counter: number;
  number: number;
  tokenRevoked: boolean;
  users: PagerUser[];
  services: PagerService[];
  policies: PagerPolicy[];
  schedules: PagerSchedule[];
  incidents: PagerIncident[];
  subscriptions: PagerSubscription[];
  waiting: Waiting[];
};

export type Account = ReturnType<typeof createAccount>;

const hour = 3_600_000;

/** `now`: epoch ms on the sandbox clock. */
export function createAccount(subscriptions: () => PagerSubscription[], now: () => number) {
  const firstDay = (): AccountState => ({
    // So that on the first day it is the same people at whatever hour that begins.
    turnsFrom: Math.floor(now() / hour) * hour,
    counter: 0,
    number: 0,
    tokenRevoked: false,
    users: firstUsers(),
    services: firstServices(),
    policies: firstPolicies(),
    schedules: firstSchedules(),
    incidents: [],
    subscriptions: subscriptions(),
    waiting: [],
  });
  const watchers = new Set<() => void>();
  let state = firstDay();
  const byId = new Map<string, PagerIncident>();

  function take(next: AccountState) {
    state = next;
    byId.clear();
    for (const incident of state.incidents) byId.set(incident.id, incident);
  }

  return {
    get state() {
      return state;
    },
    nextId(prefix: string): string {
      state.counter += 1;
      return `${prefix}${state.counter.toString(36).toUpperCase().padStart(6, '0')}`;
    },
    nextNumber(): number {
      state.number += 1;
      return state.number;
    },
    add(incident: PagerIncident) {
      state.incidents.push(incident);
      byId.set(incident.id, incident);
    },
    /** By id, or by number as PagerDuty takes it too. */
    incident: (idOrNumber: string): PagerIncident | undefined =>
      byId.get(idOrNumber) ?? state.incidents.find(({ number }) => String(number) === idOrNumber),
    user: (id: string) => state.users.find((one) => one.id === id),
    userByEmail: (email: string) => state.users.find((one) => one.email.toLowerCase() === email.toLowerCase()),
    service: (id: string) => state.services.find((one) => one.id === id && !one.deleted),
    serviceByKey: (key: string) => state.services.find((one) => one.routingKeys.includes(key) && !one.deleted),
    policy: (id: string) => state.policies.find((one) => one.id === id),
    schedule: (id: string) => state.schedules.find((one) => one.id === id),
    changed() {
      for (const watch of watchers) watch();
    },
    onChange: (watch: () => void) => {
      watchers.add(watch);
    },
    save: () => state,
    restore: take,
    startOver: () => take(firstDay()),
  };
}
