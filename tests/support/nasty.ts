import type { Incident } from '../../src/incident/incident.ts';
import type { Page } from '../../src/incident/page.ts';
import { pageWays } from '../../src/incident/page-commands.ts';
import type { Policy } from '../../src/policy.ts';
import { PagingPolicy } from '../../src/policy-paging.ts';
import { anIncident, at, thePolicy } from './given.ts';

/** Everything that people, and whatever sends alerts, may try: mentions, links, entities, direction marks, half an emoji. */
const hostile =
  '<!channel> <!here|here> <@U1> <!subteam^S1> <#C1> <http://x.example|y> @channel &amp; &lt;!channel&gt; ' +
  '`code` *bold* \u202edlrow\u202c \u200b\u2066x\u2069 \ud83d 👩‍👩‍👧‍👦 決済 ';

/** Text of exactly that many characters. */
export const nasty = (length: number): string => hostile.repeat(Math.ceil(length / hostile.length)).slice(0, length);
/** What grows most when it is escaped. */
export const ampersands = (length: number): string => '&<>'.repeat(length).slice(0, length);
export const lines = (length: number): string => 'a\n'.repeat(length).slice(0, length);

/** An incident in which everything is as long and as hostile as it can be. */
export function aNastyIncident(
  fields: Partial<Incident> = {},
  text: (length: number) => string = nasty,
  number = 123_456,
): Incident {
  return anIncident({
    id: `inc_${String(number).padStart(26, '0')}`,
    number,
    title: text(300),
    summary: text(3000),
    services: Object.keys(aLongPolicy().services),
    impact: { felt: 'yes', started: at('08:00') },
    latestUpdate: { number: 1, text: text(3000), by: 'U0BEN', at: at('09:30') },
    updateCount: 1,
    tasks: Array.from({ length: 100 }, (_, index) => ({
      number: index + 1,
      text: text(500),
      ...(index % 2 && { owner: 'U0BEN' }),
      due: at('09:40'),
      by: 'U0ANA',
      at: at('09:20'),
      source: { channel: 'C7', ts: '1700000000.000100' },
      ...(index % 3 === 0 && { done: { by: 'U0BEN', at: at('09:45') } }),
    })),
    taskCount: 100,
    links: Array.from({ length: 100 }, (_, index) => ({
      title: text(100),
      url: `https://x.example/${'x'.repeat(1900)}?a=1&b=${index}`,
    })),
    troubles: Array.from({ length: 10 }, (_, index) => ({
      effect: `effect-${index}`,
      what: text(80),
      why: index % 2 ? `the app lacks the scope ${text(200)}` : text(5000),
      at: at('09:10'),
    })),
    roles: Object.fromEntries(manyRoles.slice(0, 20).map((role) => [role, { person: 'U0BEN', since: at('09:05') }])),
    shadows: Object.fromEntries(manyRoles.map((role) => [role, Array.from({ length: 20 }, () => 'U0EVA')])),
    handovers: { 'role-0': { to: 'U0EVA', by: 'U0BEN', state: text(3000), thinking: '', watch: '', at: at('09:20') } },
    members: Array.from({ length: 100 }, () => 'U0EVA'),
    pages: Array.from({ length: 100 }, (_, index) => aNastyPage(text, index + 1)),
    ...fields,
  });
}

/** Asked for in vain by every way, and answered by many whom nobody here knows. */
export const aNastyPage = (text: (length: number) => string, number: number): Page => ({
  number,
  key: `tocsin:inc_7:target:${number}`,
  target: { kind: 'target', key: 'target', name: text(75) },
  cause: 'asked',
  why: text(500),
  by: 'U0BEN',
  at: at('09:00'),
  ways: pageWays.map((way) => ({ way, outcome: 'failed', why: text(3000), since: at('09:00'), at: at('09:01') })),
  state: number % 2 ? 'ringing' : 'acknowledged',
  ringsSince: at('09:00'),
  takers: Array.from({ length: 10 }, () => ({ name: text(100), at: at('09:02') })),
  assigned: Array.from({ length: 10 }, () => text(100)),
  notes: Array.from({ length: 10 }, () => ({ text: text(3000), by: { name: text(100) }, at: at('09:03') })),
  outside: { id: 'Q1', url: `https://x.example/incidents/${'Q'.repeat(100)}` },
});

const manyRoles = Array.from({ length: 40 }, (_, index) => `role-${index}`);

/** As much as a policy may hold: 40 roles, 120 services, and names of people's with everything in them. */
export function aLongPolicy(): Policy {
  const severity = { name: nasty(20), meaning: nasty(75) };
  const services = Array.from({ length: 120 }, (_, index) => [`service-${index}`, { name: nasty(75) }]);
  const role = { name: nasty(75), duty: nasty(300), first: [nasty(300), nasty(300), nasty(300)], key: true };
  const qualified = Array.from({ length: 50 }, () => 'U0EVA');
  const journeys = Array.from({ length: 120 }, (_, index) => [`journey-${index}`, { name: nasty(75) }]);
  const answers = Array.from({ length: 10 }, () => ({ answer: nasty(75), severity: 'sev1' as const }));
  const question = { question: nasty(150), answers };
  return thePolicy({
    roles: Object.fromEntries(manyRoles.map((key) => [key, { ...role, qualified }])),
    severities: { sev1: severity, sev2: severity, sev3: severity, sev4: severity },
    services: Object.fromEntries(services),
    journeys: Object.fromEntries(journeys),
    paging: PagingPolicy.parse({
      targets: Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`target-${index}`, { name: nasty(75) }])),
    }),
    decide: Array.from({ length: 5 }, () => question),
  });
}
