import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode, fromJson, toJson } from '../../db/json.ts';
import { Command } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import type { Impact } from '../../src/incident/impact.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import { isOver, statuses } from '../../src/incident/lifecycle.ts';
import { severities, worse } from '../../src/incident/severity.ts';
import { at, thePolicy } from '../support/given.ts';

/** Any life an incident can have: it is declared, and then people and the outside say anything in any order. */
const minute = fc.integer({ min: -300, max: 300 }).map((ahead) => new Date(at('10:00').getTime() + ahead * 60_000));
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const words = fc
  .oneof(fc.constantFrom('<!channel>', 'Checkout fails 🔥', '決済'), text)
  .filter((said) => !!said.trim());
const person = fc.constantFrom('U0ANA', 'U0BEN', 'U0EVA');
const severity = fc.constantFrom(...severities);
const status = fc.constantFrom(...statuses);
const place = fc.constantFrom({ channel: 'C7', ts: '1.1' }, { channel: 'C7', ts: '2.2' });
const effect = fc.constantFrom('pin:inc_7', 'topic:inc_7');
const impact: fc.Arbitrary<Impact> = fc.oneof(
  fc.constant<Impact>({ felt: 'no' }),
  fc.constant<Impact>({ felt: 'unknown' }),
  fc
    .record({ felt: fc.constant('yes' as const), started: minute, ended: minute }, { requiredKeys: ['felt'] })
    .map((said): Impact => said),
);

const declare = fc.record({
  type: fc.constant('declare' as const),
  title: words,
  severity,
  services: fc.subarray(['api', 'checkout', 'mainframe', 'constructor', '__proto__']),
  impact,
  summary: text,
  isPrivate: fc.boolean(),
  isPractice: fc.boolean(),
});

const later = fc.oneof(
  fc.record({ type: fc.constant('postUpdate'), text: words }),
  fc.record({ type: fc.constant('changeStatus'), to: status, note: text }),
  fc.record({ type: fc.constant('changeSeverity'), to: severity, reason: text }),
  fc.record({ type: fc.constant('resolve'), impact, note: text }),
  fc.record({
    type: fc.constant('reportChannelOpened'),
    channel: fc.constantFrom({ id: 'C7', name: 'a' }, { id: 'C8', name: 'b' }),
  }),
  fc.record({ type: fc.constant('reportChannelNameTaken'), name: fc.constantFrom('inc-7', 'inc-7-2') }),
  fc.record({ type: fc.constantFrom('reportHeadlinePosted', 'reportAnnouncementPosted'), at: place }),
  fc.record({ type: fc.constant('reportHeadlineGone') }),
  fc.record({ type: fc.constant('reportTrouble'), effect, what: text, why: text }),
  fc.record({ type: fc.constant('reportTroubleOver'), effect }),
  fc.record({ type: fc.constantFrom('reportJoined', 'reportLeft'), person }),
  declare,
);

interface Step {
  before: Incident;
  after: Incident;
  command: Command;
  events: IncidentEvent[];
}

/** Plays commands one minute apart; `inspect` sees every step, those refused or without consequence too. */
function live(commands: unknown[], inspect: (step: Step) => void = () => undefined) {
  const events: IncidentEvent[] = [];
  let incident = undeclared('inc_7', 7);
  for (const [minutes, given] of commands.entries()) {
    const command = Command.parse(given);
    const now = new Date(at('10:00').getTime() + minutes * 60_000);
    const decision = decide(incident, command, now, thePolicy());
    const decided = 'refused' in decision ? [] : decision.events;
    const before = incident;
    incident = decided.reduce((so_far, event) => evolve(so_far, event, { by: 'U0ANA', at: now }), before);
    events.push(...decided);
    inspect({ before, after: incident, command, events: decided });
    if (incident.version === 0) break;
  }
  return { incident, events };
}

const life = fc.tuple(declare, fc.array(later, { maxLength: 60 })).map(([first, rest]) => [first, ...rest]);
const always = (inspect: (step: Step) => void) =>
  fc.assert(fc.property(life, (commands) => void live(commands, inspect)));

describe('whatever happens to an incident', () => {
  it('its version counts its events', () => {
    fc.assert(
      fc.property(life, (commands) => {
        const { incident, events } = live(commands);
        expect(incident.version).toBe(events.length);
      }),
    );
  });

  it('it is declared once, first', () => {
    fc.assert(
      fc.property(life, (commands) => {
        const { events } = live(commands);
        expect(events.filter((event, index) => (event.type === 'declared') !== (index === 0))).toEqual([]);
      }),
    );
  });

  it('once over, only updates and reports are added', () => {
    always(({ before, command, events }) => {
      if (!isOver(before) || events.length === 0) return;
      expect(command.type).toMatch(/^(postUpdate|report\w+)$/);
    });
  });

  it('the highest severity never falls, and is at least the severity now', () => {
    always(({ before, after }) => {
      expect(worse(after.highestSeverity, before.highestSeverity)).toBe(after.highestSeverity);
      if (after.version > 0) expect(worse(after.highestSeverity, after.severity)).toBe(after.highestSeverity);
    });
  });

  it('impact never ends before it starts', () => {
    always(({ after: { impact: stated } }) => {
      if (stated.felt === 'yes' && stated.started && stated.ended)
        expect(stated.ended.getTime()).toBeGreaterThanOrEqual(stated.started.getTime());
    });
  });

  it('nobody is in the channel twice, and no trouble shows twice', () => {
    always(({ after: { members, troubles } }) => {
      expect(new Set(members).size).toBe(members.length);
      expect(new Set(troubles.map((trouble) => trouble.effect)).size).toBe(troubles.length);
    });
  });

  it('updates are numbered without a gap', () => {
    fc.assert(
      fc.property(life, (commands) => {
        const { incident, events } = live(commands);
        const numbers = events.flatMap((event) => (event.type === 'updatePosted' ? [event.number] : []));
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        expect(incident.updateCount).toBe(numbers.length);
      }),
    );
  });

  it('the same commands make the same incident', () => {
    fc.assert(fc.property(life, (commands) => expect(live(commands)).toEqual(live(commands))));
  });

  it('a decision leaves the incident it was made on as it was', () => {
    always(({ before, command }) => {
      const untouched = structuredClone(before);
      decide(before, command, at('10:00'), thePolicy());
      expect(before).toEqual(untouched);
    });
  });

  it('it comes back from the database as it went in, dates and all', () => {
    fc.assert(
      fc.property(life, (commands) => {
        const { incident, events } = live(commands);
        expect(fromJson(toJson(incident))).toEqual(incident);
        // Postgres gives JSON back as objects.
        expect(decode(JSON.parse(toJson(events)))).toEqual(events);
      }),
    );
  });
});
