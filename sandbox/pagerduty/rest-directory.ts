/** Who and what there is, and who is on call, over REST. */
import { priorities } from './directory.ts';
import { type OnCall, onCallsOf } from './on-call.ts';
import { type Call, type Operation, pageOf, paging, timeIn } from './operation.ts';
import { Refused } from './refused.ts';
import { finalSchedule } from './rendered-schedule.ts';
import { policyShape, scheduleShape, seconds, serviceShape, userShape } from './shapes.ts';
import type { PagerPolicy, PagerPriority, PagerSchedule, PagerService, PagerUser } from './wire.ts';

const day = 86_400_000;
/** https://developer.pagerduty.com/api-reference/3a6b910f11050-list-all-of-the-on-calls */
const longestRangeMs = 90 * day;

type Kind<T> = {
  /** as in /users */
  plural: string;
  singular: string;
  all(call: Call): T[];
  shape(call: Call, one: T): object;
  query?: string[];
  /** what `query` looks through */
  words?: (one: T) => string;
};

function listAndGet<T extends { id: string }>({
  plural,
  singular,
  all,
  shape,
  query = [],
  words,
}: Kind<T>): Operation[] {
  return [
    {
      name: `${plural}.list`,
      method: 'GET',
      path: `/${plural}`,
      query: [...paging, ...query, ...(words ? ['query'] : [])],
      run(call) {
        const asked = call.query.get('query')?.toLowerCase() ?? '';
        const some = all(call).filter((one) => !words || words(one).toLowerCase().includes(asked));
        const { page, paging: about } = pageOf(some, call.query);
        return { body: { [plural]: page.map((one) => shape(call, one)), ...about } };
      },
    },
    {
      name: `${plural}.get`,
      method: 'GET',
      path: `/${plural}/{id}`,
      query: ['include[]', 'overflow', 'since', 'until', 'time_zone'],
      run(call) {
        const one = all(call).find(({ id }) => id === call.id);
        if (!one) throw new Refused('notFound');
        return { body: { [singular]: shape(call, one) } };
      },
    },
  ];
}

const users: Kind<PagerUser> = {
  plural: 'users',
  singular: 'user',
  all: ({ desk }) => desk.book.account.state.users,
  shape: ({ desk }, one) => userShape(desk.refer, one),
  query: ['include[]', 'team_ids[]'],
  words: ({ name, email }) => `${name} ${email}`,
};

const services: Kind<PagerService> = {
  plural: 'services',
  singular: 'service',
  all: ({ desk }) => desk.book.account.state.services.filter(({ deleted }) => !deleted),
  shape: ({ desk }, one) => serviceShape(desk.refer, one),
  query: ['include[]', 'sort_by', 'team_ids[]', 'time_zone'],
  words: ({ name }) => name,
};

const policies: Kind<PagerPolicy> = {
  plural: 'escalation_policies',
  singular: 'escalation_policy',
  all: ({ desk }) => desk.book.account.state.policies,
  shape: ({ desk }, one) => policyShape(desk.refer, desk.book.account, one),
  query: ['include[]', 'sort_by', 'team_ids[]', 'user_ids[]'],
  words: ({ name }) => name,
};

const schedules: Kind<PagerSchedule> = {
  plural: 'schedules',
  singular: 'schedule',
  all: ({ desk }) => desk.book.account.state.schedules,
  shape: (call, one) => ({
    ...scheduleShape(call.desk.refer, call.desk.book.account, one),
    final_schedule: finalSchedule(call, one),
  }),
  query: ['include[]', 'since', 'team_ids[]', 'time_zone', 'until'],
  words: ({ name }) => name,
};

const allPriorities: Kind<PagerPriority> = {
  plural: 'priorities',
  singular: 'priority',
  all: () => priorities,
  shape: ({ desk }, { id, name, description }) => ({
    ...desk.refer.priority(id),
    type: 'priority',
    name,
    description,
  }),
};

function onCalls({ desk, query }: Call): OnCall[] {
  const { account, now } = desk.book;
  const since = timeIn(query, 'since') ?? now();
  const until = timeIn(query, 'until') ?? Math.max(since, now());
  if (since > until || until - since > longestRangeMs) throw new Refused('wrongTimes');
  const isIn = (name: string, value: string | null) => {
    const wanted = query.getAll(name);
    return wanted.length === 0 || (value !== null && wanted.includes(value));
  };
  const all = account.state.policies
    .filter(({ id }) => isIn('escalation_policy_ids[]', id))
    .flatMap((policy) => onCallsOf(account, policy, { since, until }))
    .filter((one) => isIn('schedule_ids[]', one.schedule) && isIn('user_ids[]', one.user));
  if (query.get('earliest') !== 'true') return all;
  // The earliest for each policy, level and person; they come in the order of time.
  const keyOf = ({ policy, level, user }: OnCall) => `${policy} ${level} ${user}`;
  return [...Map.groupBy(all, keyOf).values()].flatMap(([first]) => (first ? [first] : []));
}

function onCallShape({ desk, query }: Call, one: OnCall) {
  const { refer, book } = desk;
  const user = query.getAll('include[]').includes('users') ? book.account.user(one.user) : undefined;
  return {
    user: user ? userShape(refer, user) : refer.user(one.user),
    schedule: one.schedule === null ? null : refer.schedule(one.schedule),
    escalation_policy: refer.policy(one.policy),
    escalation_level: one.level,
    start: one.start === null ? null : seconds(one.start),
    end: one.end === null ? null : seconds(one.end),
  };
}

const abilities = ['teams', 'urgencies', 'coordinated_responding', 'event_rules', 'service_support_hours'];

export const directoryOperations: Operation[] = [
  ...listAndGet(users),
  ...listAndGet(services),
  ...listAndGet(policies),
  ...listAndGet(schedules),
  ...listAndGet(allPriorities).slice(0, 1),
  {
    name: 'oncalls.list',
    method: 'GET',
    path: '/oncalls',
    query: [
      ...paging,
      'earliest',
      'escalation_policy_ids[]',
      'include[]',
      'schedule_ids[]',
      'since',
      'time_zone',
      'until',
      'user_ids[]',
    ],
    run(call) {
      const { page, paging: about } = pageOf(onCalls(call), call.query);
      return { body: { oncalls: page.map((one) => onCallShape(call, one)), ...about } };
    },
  },
  { name: 'abilities.list', method: 'GET', path: '/abilities', query: [], run: () => ({ body: { abilities } }) },
];
