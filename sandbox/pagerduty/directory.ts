/** The account on its first day: ids are fixed, so that a policy can name them. */
import { firstPeople, toPerson } from '../people.ts';
import {
  type PagerPolicy,
  type PagerPriority,
  type PagerSchedule,
  type PagerService,
  type PagerUser,
  routingKeys,
} from './wire.ts';

const userIds: Record<string, string> = { ana: 'PUSRANA', ben: 'PUSRBEN', chloe: 'PUSRCHL', dev: 'PUSRDEV' };

/** Their addresses are those of the workspace; everybody else there has no account. */
export function firstUsers(): PagerUser[] {
  return firstPeople.flatMap((one) => {
    const id = userIds[one.name];
    if (!id) return [];
    const { name: handle, realName: name, email } = toPerson(one);
    return [{ id, handle, name, email }];
  });
}

export const firstSchedules = (): PagerSchedule[] => [
  { id: 'PSCCHK', name: 'Checkout on-call', users: ['PUSRBEN', 'PUSRCHL'], turnHours: 24 },
  { id: 'PSCSRC', name: 'Search on-call', users: ['PUSRCHL', 'PUSRDEV'], turnHours: 168 },
  { id: 'PSCINC', name: 'Incident commanders', users: ['PUSRANA', 'PUSRDEV'], turnHours: 168 },
  { id: 'PSCEMP', name: 'Nobody yet', users: [], turnHours: 24 },
];

export const firstPolicies = (): PagerPolicy[] => [
  {
    id: 'PEPCHK',
    name: 'Checkout',
    loops: 1,
    rules: [
      { id: 'PERCHK1', minutes: 5, targets: ['PSCCHK'] },
      { id: 'PERCHK2', minutes: 10, targets: ['PUSRDEV'] },
      { id: 'PERCHK3', minutes: 15, targets: ['PUSRANA'] },
    ],
  },
  {
    id: 'PEPSRC',
    name: 'Search',
    loops: 0,
    rules: [
      { id: 'PERSRC1', minutes: 5, targets: ['PSCSRC'] },
      { id: 'PERSRC2', minutes: 10, targets: ['PUSRANA', 'PUSRBEN'] },
    ],
  },
  {
    id: 'PEPINC',
    name: 'Incident commanders',
    loops: 2,
    rules: [
      { id: 'PERINC1', minutes: 5, targets: ['PSCINC'] },
      { id: 'PERINC2', minutes: 5, targets: ['PUSRBEN'] },
    ],
  },
  { id: 'PEPEMP', name: 'Nobody yet', loops: 0, rules: [{ id: 'PEREMP1', minutes: 5, targets: ['PSCEMP'] }] },
];

export const firstServices = (): PagerService[] => [
  {
    id: 'PSVCCHK',
    name: 'Checkout',
    policy: 'PEPCHK',
    routingKeys: [routingKeys.checkout, routingKeys.checkoutAgain],
    acknowledgementTimeout: null,
    deleted: false,
  },
  {
    id: 'PSVCSRC',
    name: 'Search',
    policy: 'PEPSRC',
    routingKeys: [routingKeys.search],
    acknowledgementTimeout: 30,
    deleted: false,
  },
  {
    id: 'PSVCEMP',
    name: 'Newsletter',
    policy: 'PEPEMP',
    routingKeys: [routingKeys.empty],
    acknowledgementTimeout: null,
    deleted: false,
  },
];

/** Most severe first, as https://support.pagerduty.com/docs/incident-priority has them. */
export const priorities: PagerPriority[] = [
  { id: 'PPRIOR1', name: 'P1', description: 'Warrants public notification and liaison with executive teams' },
  { id: 'PPRIOR2', name: 'P2', description: 'Actively impacts many customers' },
  { id: 'PPRIOR3', name: 'P3', description: 'Needs immediate attention from service owners' },
  { id: 'PPRIOR4', name: 'P4', description: 'Needs action, but customers can use the product' },
  { id: 'PPRIOR5', name: 'P5', description: 'Cosmetic' },
];
