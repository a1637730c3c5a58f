import type { Incident } from '../../src/incident/incident.ts';
import type { Policy } from '../../src/policy.ts';
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
    troubles: Array.from({ length: 10 }, (_, index) => ({
      effect: `effect-${index}`,
      what: text(80),
      why: index % 2 ? `the app lacks the scope ${text(200)}` : text(5000),
      at: at('09:10'),
    })),
    ...fields,
  });
}

/** As much as a policy may hold: 120 services, and names of people's with everything in them. */
export function aLongPolicy(): Policy {
  const severity = { name: nasty(20), meaning: nasty(75) };
  const services = Array.from({ length: 120 }, (_, index) => [`service-${index}`, { name: nasty(75) }]);
  return thePolicy({
    severities: { sev1: severity, sev2: severity, sev3: severity, sev4: severity },
    services: Object.fromEntries(services),
  });
}
