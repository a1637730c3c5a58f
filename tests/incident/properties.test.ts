import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode, fromJson, toJson } from '../../db/json.ts';
import { Command, correctable } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import type { Impact } from '../../src/incident/impact.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import { isOpen, isOver, statuses } from '../../src/incident/lifecycle.ts';
import { whomOf } from '../../src/incident/page.ts';
import { pageNews, pageWays } from '../../src/incident/page-commands.ts';
import { severities, worse } from '../../src/incident/severity.ts';
import { at, thePolicy } from '../support/given.ts';
import { paging } from '../support/paging.ts';

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
const role = fc.constantFrom('commander', 'scribe', 'captain', 'constructor');
const pageNumber = fc.integer({ min: 1, max: 4 });
const taskNumber = fc.integer({ min: 1, max: 6 });
const other = { id: fc.constantFrom('inc_7', 'inc_8', 'inc_9'), number: fc.constantFrom(7, 8, 9) };
const effect = fc.constantFrom('pin:inc_7', 'topic:inc_7');
const impact: fc.Arbitrary<Impact> = fc.oneof(
  fc.constant<Impact>({ felt: 'no' }),
  fc.constant<Impact>({ felt: 'unknown' }),
  fc
    .record(
      {
        felt: fc.constant('yes' as const),
        started: minute,
        ended: minute,
        share: fc.integer({ min: 0, max: 100 }),
        journeys: fc.subarray(['pay', 'fly']),
      },
      { requiredKeys: ['felt'] },
    )
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
  fc.record(
    { type: fc.constant('postUpdate'), text: words, nextInMinutes: fc.integer({ min: 0, max: 300 }) },
    { requiredKeys: ['type', 'text'] },
  ),
  fc.record({ type: fc.constant('snoozeUpdate'), minutes: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ type: fc.constant('claimUpdate'), person }),
  fc.record({ type: fc.constant('requestUpdate'), person, question: text }),
  fc.record({ type: fc.constant('changeStatus'), to: status, note: text }),
  fc.record({ type: fc.constant('changeSeverity'), to: severity, reason: text }),
  fc.record(
    { type: fc.constant('resolve'), impact, note: text, owner: person },
    { requiredKeys: ['type', 'impact', 'note'] },
  ),
  fc.record(
    { type: fc.constant('stateImpact'), impact, again: fc.boolean(), reason: text },
    { requiredKeys: ['type', 'impact'] },
  ),
  fc.record({ type: fc.constant('correctTime'), of: fc.constantFrom(...correctable), to: minute, reason: words }),
  fc.record({ type: fc.constant('reopen'), reason: text, impact }, { requiredKeys: ['type', 'reason'] }),
  fc.record({ type: fc.constantFrom('close', 'decline', 'cancel') }),
  fc.record({
    type: fc.constant('merge'),
    into: fc.record({ ...other, isOver: fc.boolean(), isPrivate: fc.boolean() }),
  }),
  fc.record({ type: fc.constantFrom('absorb', 'relate'), other: fc.record(other) }),
  fc.record({ type: fc.constant('assignRoles'), assignments: fc.dictionary(role, fc.option(person)) }),
  fc.record({
    type: fc.constantFrom('takeRole', 'shadowRole', 'stopShadowing', 'acceptHandover', 'declineHandover'),
    role,
    person,
  }),
  fc.record({ type: fc.constant('offerHandover'), role, to: person, state: text }),
  fc.record(
    { type: fc.constant('addTask'), text: words, owner: person, due: minute, source: place },
    { requiredKeys: ['type', 'text'] },
  ),
  fc.record(
    {
      type: fc.constant('changeTask'),
      number: taskNumber,
      text: words,
      owner: fc.option(person),
      due: fc.option(minute),
    },
    { requiredKeys: ['type', 'number'] },
  ),
  fc.record({ type: fc.constantFrom('finishTask', 'reopenTask', 'dropTask'), number: taskNumber }),
  fc.record(
    {
      type: fc.constant('addFollowUp'),
      text: words,
      kind: fc.constantFrom('prevent', 'process'),
      priority: fc.constant('medium'),
      proof: text,
      owner: person,
      due: minute,
      source: place,
      task: taskNumber,
    },
    { requiredKeys: ['type', 'text', 'kind', 'priority', 'proof'] },
  ),
  fc.record(
    { type: fc.constant('changeFollowUp'), number: taskNumber, text: words, owner: fc.option(person), due: minute },
    { requiredKeys: ['type', 'number'] },
  ),
  fc.record({ type: fc.constantFrom('finishFollowUp', 'reopenFollowUp'), number: taskNumber }),
  fc.record({ type: fc.constant('dropFollowUp'), number: taskNumber, reason: text }),
  fc.record({ type: fc.constant('carryOverTasks') }),
  fc.record({
    type: fc.constantFrom('addLink', 'removeLink'),
    title: text,
    url: fc.constantFrom('https://a.example/', 'https://b.example/'),
  }),
  fc.record({
    type: fc.constant('askPage'),
    whom: fc.oneof(fc.record({ target: fc.constantFrom('checkout', 'mainframe') }), fc.record({ person })),
    why: words,
  }),
  fc.record({ type: fc.constantFrom('takePage', 'escalatePage', 'checkPage'), page: pageNumber, person }),
  fc.record({
    type: fc.constant('reportPageWay'),
    page: pageNumber,
    way: fc.constantFrom(...pageWays),
    outcome: fc.constantFrom('accepted', 'late', 'failed'),
  }),
  fc.record({
    type: fc.constant('reportPageState'),
    page: pageNumber,
    what: fc.constantFrom(...pageNews),
    at: minute,
    by: fc.record({ account: fc.constantFrom('PUSRBEN', 'PUSRCHL') }),
    echo: fc.boolean(),
  }),
  fc.record({ type: fc.constant('rename'), title: words }),
  fc.record({ type: fc.constantFrom('makePrivate', 'reportChannelBack') }),
  fc.record({ type: fc.constant('reportChannelRenamed'), name: fc.constantFrom('inc-7', 'war-room') }),
  fc.record({
    type: fc.constant('reportChannelGone'),
    how: fc.constantFrom('archived', 'deleted', 'bot-removed'),
    ours: fc.boolean(),
  }),
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

/** A policy with something of everything, or most commands would be refused for their words. */
const aRole = { name: 'Role', duty: 'Runs it', first: [], key: true, qualified: [] };
const policy = thePolicy({
  roles: { commander: aRole, scribe: aRole },
  journeys: { pay: { name: 'Paying' } },
  cadence: { sev1: { investigating: 15, monitoring: 30 }, sev2: { investigating: 30 }, sev3: {}, sev4: {} },
  firstUpdate: { sev1: 5 },
  services: { api: { name: 'API' }, checkout: { name: 'Checkout', paging: 'checkout' } },
  paging: paging({ follow: { inward: ['resolve', 'reopen'], outward: ['resolve', 'reopen'] } }),
});

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
    const decision = decide(incident, command, now, policy);
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

  it('once over, only what looks back, puts right or takes it up again is added', () => {
    const looksBack =
      /^(postUpdate|stateImpact|correctTime|close|reopen|absorb|relate|stopShadowing|(change|finish|reopen|drop)Task|(add|change|finish|reopen|drop)FollowUp|carryOverTasks|(add|remove)Link|rename|makePrivate|(take|escalate)Page|report\w+)$/;
    always(({ before, after, command, events }) => {
      if (!isOver(before) || events.length === 0) return;
      expect(command.type).toMatch(looksBack);
      if (command.type !== 'reopen' && command.type !== 'close') expect(after.status).toBe(before.status);
    });
  });

  it('it ends for good as declined, cancelled or merged, and comes back only from resolved or closed', () => {
    always(({ before, after }) => {
      if (!isOver(before) || !isOpen(after.status)) return;
      expect(['resolved', 'closed']).toContain(before.status);
      expect(after).toMatchObject({ status: 'investigating', resolvedAt: undefined, resolvedBy: undefined });
    });
  });

  it('once over, no update is owed, nobody is offered a role, and nobody is reminded', () => {
    always(({ after }) => {
      if (after.version === 0 || !isOver(after)) return;
      expect(after.nextUpdateDue).toBeUndefined();
      expect(after.reminder).toBeUndefined();
      expect(after.handovers).toEqual({});
    });
  });

  it('a practice wakes nobody, and no page is asked for under a key that was used before', () => {
    always(({ after, events }) => {
      const keys = after.pages.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      if (after.isPractice) expect(events.filter(({ type }) => type === 'pageAsked')).toEqual([]);
    });
  });

  it('nobody who is being rung is rung a second time for the same', () => {
    always(({ before, events }) => {
      for (const event of events) {
        if (event.type !== 'pageAsked') continue;
        const ringing = before.pages.filter((page) => page.state === 'ringing');
        expect(ringing.map(({ target }) => whomOf(target))).not.toContain(whomOf(event.target));
      }
    });
  });

  it('what a way has accepted stays accepted, and the next way is tried only before that', () => {
    always(({ before, after, events }) => {
      const accepted = (pages: Incident['pages']) =>
        pages.flatMap(({ number, ways }) =>
          ways.filter(({ outcome }) => outcome === 'accepted').map(({ way }) => `${number} ${way}`),
        );
      expect(accepted(after.pages)).toEqual(expect.arrayContaining(accepted(before.pages)));
      for (const event of events) {
        if (event.type !== 'pageFailed' || !event.next) continue;
        expect(accepted(before.pages).some((one) => one.startsWith(`${event.number} `))).toBe(false);
      }
    });
  });

  it('where updates are still owed, no change of severity or status puts one off', () => {
    always(({ before, after, command }) => {
      if (!/^change(Severity|Status)$/.test(command.type) || !before.nextUpdateDue || !after.nextUpdateDue) return;
      expect(after.nextUpdateDue.getTime()).toBeLessThanOrEqual(before.nextUpdateDue.getTime());
    });
  });

  it('what was felt before is never forgotten, and a stretch that is over stays as it was said', () => {
    always(({ before, after, events }) => {
      if (events.some(({ type }) => type === 'impactBegan')) {
        const stretches = before.impact.felt === 'yes' ? 1 : 0;
        expect(after.earlierImpacts).toHaveLength(before.earlierImpacts.length + stretches);
      } else expect(after.earlierImpacts).toEqual(before.earlierImpacts);
    });
  });

  it('a role has one holder, who does not shadow it, and only roles of the policy are held', () => {
    always(({ after: { roles, shadows, handovers } }) => {
      for (const key of [...Object.keys(roles), ...Object.keys(shadows), ...Object.keys(handovers)])
        expect(['commander', 'scribe']).toContain(key);
      for (const [key, all] of Object.entries(shadows)) {
        expect(new Set(all).size).toBe(all.length);
        expect(all).not.toContain(roles[key]?.person);
      }
    });
  });

  it('tasks have numbers of their own that are never given twice', () => {
    fc.assert(
      fc.property(life, (commands) => {
        const { incident, events } = live(commands);
        const given = events.flatMap((event) => (event.type === 'taskAdded' ? [event.number] : []));
        expect(given).toEqual(given.map((_, index) => index + 1));
        expect(incident.taskCount).toBe(given.length);
        const sources = incident.tasks.flatMap(({ source }) => (source ? [source.ts] : []));
        expect(new Set(sources).size).toBe(sources.length);
      }),
    );
  });

  it('it is never merged into itself, and neither takes in nor is related to one twice', () => {
    always(({ after: { id, mergedInto, absorbed, related, links } }) => {
      expect(mergedInto?.id).not.toBe(id);
      expect(related.map((one) => one.id)).not.toContain(id);
      for (const ids of [absorbed.map((one) => one.id), related.map((one) => one.id), links.map(({ url }) => url)])
        expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it('once private it stays private, and what it is asked to call its channel says nothing', () => {
    always(({ before, after, command }) => {
      if (before.isPrivate) expect(after.isPrivate).toBe(true);
      const named = command.type === 'rename' || command.type === 'makePrivate';
      if (named && after.isPrivate && after.version > before.version) expect(after.channelName).toBe('inc-7-private');
    });
  });

  it('a channel that is there is never taken for another', () => {
    always(({ before, after }) => {
      if (before.channel && !before.channelGone) expect(after.channel?.id).toBe(before.channel.id);
      if (!after.channel) expect(after.channelGone).toBeUndefined();
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

  it('follow-ups are numbered once and for good, and of one task or message there is one', () => {
    always(({ after: { followUps, followUpCount, tasks } }) => {
      const numbers = followUps.map(({ number }) => number);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(Math.max(0, ...numbers)).toBeLessThanOrEqual(followUpCount);
      const made = followUps.flatMap(({ source }) => (source ? [`${source.channel}:${source.ts}`] : []));
      expect(new Set(made).size).toBe(made.length);
      expect(tasks.filter(({ number }) => followUps.some(({ task }) => task === number))).toEqual([]);
    });
  });

  it('the same commands make the same incident', () => {
    fc.assert(fc.property(life, (commands) => expect(live(commands)).toEqual(live(commands))));
  });

  it('a decision leaves the incident it was made on as it was', () => {
    always(({ before, command }) => {
      const untouched = structuredClone(before);
      decide(before, command, at('10:00'), policy);
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
