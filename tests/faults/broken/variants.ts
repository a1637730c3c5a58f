// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is replaced is source text, template strings and all.
import type { Patch } from '../support/bundle.ts';
import type { Kind } from '../support/nights.ts';

/** What has to notice: nights of one kind, the images of a power loss, or a test that runs without any of this. */
export type Catch =
  | { nights: Kind; seed: number; runs: number }
  | { powerLoss: true }
  | { test: string; named: string };

/** A mistake that others have made or that a reader of the code could make. */
export interface Variant {
  name: string;
  /** What it does to people. */
  why: string;
  patches: Patch[];
  caught: Catch;
}

export const variants: Variant[] = [
  {
    name: 'a delivery is acknowledged before it is stored',
    why: 'what Slack was told is safe is gone with the next power loss',
    patches: [
      {
        file: 'src/inbox.ts',
        replace: 'how = await storing.add(arrival);',
        by: "if (arrival.kind !== 'submit') await arrival.ack();\n      how = await storing.add(arrival);",
      },
    ],
    caught: { powerLoss: true },
  },
  {
    name: 'what was said is kept after it was acknowledged',
    why: 'a crash in between leaves a hole in the record that Slack never fills again',
    patches: [
      {
        file: 'src/inbox.ts',
        replace: 'if (events.length > 0)\n',
        by: 'setTimeout(() => void store.transact(async (later) => alongside?.(later, events)), 50);\n        if (events.length < 0)\n',
      },
    ],
    caught: { test: 'tests/slack/inbox.test.ts', named: 'in the transaction that stores it' },
  },
  {
    name: 'a command is acknowledged before it is carried out',
    why: 'a power loss takes back what somebody was told is done',
    patches: [
      {
        file: 'src/slack/router.ts',
        replace: 'const reply = await route(call, inside);\n',
        by: 'await ack();\n      await new Promise((resolve) => setTimeout(resolve, 300));\n      const reply = await route(call, inside);\n',
      },
    ],
    caught: { powerLoss: true },
  },
  {
    name: 'the outcome of a delivery is not recorded',
    why: 'a delivery taken up after a crash is carried out a second time',
    patches: [
      {
        file: 'src/desk.ts',
        replace:
          'const second = delivery && !(await tx.inbox.recordOutcome(delivery, kept)) && (await tx.inbox.outcome(delivery));',
        by: 'const second = false;',
      },
    ],
    caught: { powerLoss: true },
  },
  {
    name: 'effects are put into the outbox after the commit',
    why: 'a crash in between leaves an incident without a channel, for ever',
    patches: [
      {
        file: 'src/desk.ts',
        replace: 'await tx.outbox.enqueue(\n',
        by: 'const later = { enqueue: async (...what: Parameters<Tx["outbox"]["enqueue"]>) => void setTimeout(() => void store.transact((next) => next.outbox.enqueue(...what)).then(wake)) };\n      await later.enqueue(\n',
      },
    ],
    caught: { powerLoss: true },
  },
  {
    name: 'repeated deliveries are not told apart',
    why: 'Slack delivers twice and the update is posted twice',
    patches: [
      {
        file: 'src/inbox.ts',
        replace: 'const before = answers.get(arrival.key);',
        by: 'const before = await Promise.resolve(undefined);',
      },
      {
        file: 'src/inbox.ts',
        replace:
          "return arrivals.map(({ key }) => (!fresh.delete(key) ? 'repeat' : needsNone.has(key) ? 'idle' : 'fresh'));",
        by: "return arrivals.map(({ key }) => (needsNone.has(key) ? 'idle' : 'fresh'));",
      },
      {
        file: 'src/desk.ts',
        replace: '(delivery && (await tx.inbox.outcome(delivery)))',
        by: '(undefined as unknown)',
      },
      {
        file: 'src/desk.ts',
        replace: 'if (second) throw new Conflict(`Delivery ${delivery} was answered meanwhile.`);',
        by: '',
      },
    ],
    caught: { nights: 'kill', seed: 12, runs: 20 },
  },
  {
    name: 'the success of a form is not kept',
    why: 'a second press on the button declares a second incident',
    patches: [
      { file: 'src/desk.ts', replace: 'if (form && !kept.refused) await tx.forms.keep(form, kept, at);', by: '' },
    ],
    caught: { nights: 'kill', seed: 23, runs: 20 },
  },
  {
    name: 'unfinished deliveries are not taken up at the start',
    why: 'what was stored before a crash is never carried out',
    patches: [
      {
        file: 'src/inbox.ts',
        replace: 'for (let more = true; more && !stopping; ) {',
        by: 'for (let more = false; more && !stopping; ) {',
      },
    ],
    caught: { nights: 'kill', seed: 32, runs: 20 },
  },
  {
    name: 'what was on the wire is not freed at the start',
    why: 'after a restart the bot stands still until leases run out',
    patches: [
      {
        file: 'src/outbox/worker.ts',
        replace: 'if (alone) await store.transact((tx) => tx.outbox.freeAll(owner));',
        by: '',
      },
    ],
    caught: { nights: 'kill', seed: 43, runs: 20 },
  },
  {
    name: 'an unclear post is sent again without looking',
    why: 'a lost reply makes two messages of one',
    patches: [
      {
        file: 'src/outbox/carry.ts',
        replace: 'const found = await kind.find?.(row.payload, outside, attempt);',
        by: 'const found = await Promise.resolve(undefined as Done | undefined);',
      },
    ],
    caught: { nights: 'lost-replies', seed: 10, runs: 12 },
  },
  {
    name: 'an unclear post is sent again at once when it is not found',
    why: 'the first request lands late and makes two messages of one',
    patches: [{ file: 'src/outbox/carry.ts', replace: 'const settleTime = 25_000;', by: 'const settleTime = 0;' }],
    caught: { nights: 'lost-replies', seed: 30, runs: 40 },
  },
  {
    name: 'an edit whose reply was lost is not written over later',
    why: 'the lost request lands late, and the headline shows an old state from then on',
    patches: [{ file: 'src/slack/messages.ts', replace: "whenUnknown: 'overwrite',", by: "whenUnknown: 'repeat'," }],
    caught: { test: 'tests/stories/faults.test.ts', named: 'lands after the next one' },
  },
  {
    name: 'the SDK repeats calls by itself',
    why: 'every lost reply makes up to eleven messages of one',
    patches: [
      {
        file: 'src/slack/clients.ts',
        replace: 'retryConfig: { retries: 0 },',
        by: 'retryConfig: { retries: 3, minTimeout: 20, maxTimeout: 50 },',
      },
    ],
    caught: { nights: 'lost-replies', seed: 40, runs: 12 },
  },
  {
    name: 'effects of one incident overtake one another',
    why: 'updates stand in the channel in another order than they were given',
    patches: [{ file: 'src/store/outbox-claim.ts', replace: 'notExists(earlierOfSameOrder(ctx)),', by: '' }],
    caught: { nights: 'lost-replies', seed: 50, runs: 20 },
  },
  {
    name: 'a rate limit counts as a refusal',
    why: 'Slack asks to wait two seconds and the message is given up for good',
    patches: [
      {
        file: 'src/slack/api.ts',
        replace: 'if (error instanceof WebAPIRateLimitedError) return',
        by: "if (error instanceof WebAPIRateLimitedError) return new Impossible('ratelimited'); if (error instanceof WebAPIRateLimitedError) return",
      },
    ],
    caught: { nights: 'lost-replies', seed: 60, runs: 12 },
  },
  {
    name: 'what people write is not escaped',
    why: 'a title rings everybody in the workspace',
    patches: [
      {
        file: 'src/slack/blocks.ts',
        replace: "return visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');",
        by: 'return visible(text);',
      },
    ],
    caught: { nights: 'lost-replies', seed: 70, runs: 4 },
  },
  {
    name: 'a result is taken without its fence',
    why: 'a slow bot overwrites what another one has done since',
    patches: [
      {
        file: 'src/store/outbox-settle.ts',
        replace: "and(eq(outbox.id, id), eq(outbox.fence, fence), eq(outbox.state, 'running'))",
        by: "and(eq(outbox.id, id), eq(outbox.state, 'running'), sql`${fence} = ${fence}`)",
      },
    ],
    caught: { test: 'tests/store/outbox.test.ts', named: 'takes over a row whose lease is over' },
  },
  {
    name: 'the version of an incident is not checked',
    why: 'of two people who change something at once, one is overwritten unseen',
    patches: [
      {
        file: 'src/store/incidents.ts',
        replace: '.where(and(eq(incidents.id, incident.id), eq(incidents.version, from)))',
        by: '.where(and(eq(incidents.id, incident.id), sql`${from} = ${from}`))',
      },
    ],
    caught: { test: 'tests/store/incidents.test.ts', named: 'let one of two writers win' },
  },
  {
    name: 'a reminder whose time passed while the bot was away is left out',
    why: 'after an outage of its own the bot reminds nobody of what is overdue',
    patches: [
      {
        file: 'src/incident/reminders.ts',
        replace: 'if (remindAt && remindAt <= now) {',
        by: 'if (remindAt && remindAt <= now && now.getTime() - remindAt.getTime() < minutes(10)) {',
      },
    ],
    caught: { test: 'tests/stories/cadence.test.ts', named: 'keeps its cadence exactly' },
  },
  {
    name: 'working hours keep to the time of winter',
    why: 'for half of the year people are reminded an hour late in the morning, and an hour into the evening',
    patches: [
      {
        file: 'src/incident/working-hours.ts',
        replace: 'DateTime.fromJSDate(at, { zone });',
        by: "DateTime.fromJSDate(at, { zone: zone === 'Europe/Berlin' ? 'UTC+1' : zone });",
      },
    ],
    caught: { test: 'tests/incident/working-hours.test.ts', named: 'on which the clock is put forward' },
  },
  {
    name: 'SQLite does not wait for the disk',
    why: 'a power loss takes back committed incidents, as it does with what better-sqlite3 sets',
    patches: [
      {
        file: 'db/open-sqlite.ts',
        replace: "writer.pragma('synchronous = FULL');",
        by: "writer.pragma('synchronous = NORMAL');",
      },
      { file: 'db/open-sqlite.ts', replace: "expectPragma(writer, 'synchronous', 2);", by: '' },
    ],
    caught: { test: 'tests/store/database.test.ts', named: 'survives a power cut' },
  },
  {
    name: 'a page has a new dedup key at each attempt',
    why: 'PagerDuty cannot fold what is the same, and a lost answer wakes people twice',
    patches: [
      {
        file: 'src/integrations/pagerduty/alerts.ts',
        replace: 'event_action: action, dedup_key: dedupKey,',
        by: 'event_action: action, dedup_key: `${dedupKey}:${performance.now()}`,',
      },
    ],
    caught: { test: 'tests/stories/paging-bad-nights.test.ts', named: 'or its answer is lost' },
  },
  {
    name: 'an incident in PagerDuty is asked for again without looking',
    why: 'two incidents ring for one page, since nothing tells PagerDuty that they are one',
    patches: [
      {
        file: 'src/integrations/pagerduty/pages.ts',
        replace: "type: 'incident',\n    incident_key: key,",
        by: "type: 'incident',",
      },
    ],
    caught: { test: 'tests/stories/paging-lost-answers.test.ts', named: 'is lost' },
  },
  {
    name: 'somebody is asked to help again without looking',
    why: 'PagerDuty has no key for it, so whoever is asked is rung twice',
    patches: [
      {
        file: 'src/features/paging/ask-for-help.ts',
        replace: 'if (before[0]) return asked(before, before[0].askedAt);',
        by: '',
      },
    ],
    caught: { test: 'tests/stories/paging-responders.test.ts', named: 'is lost: it is looked for' },
  },
  {
    name: 'the second way is not taken',
    why: 'while PagerDuty is down nobody is woken',
    patches: [
      {
        file: 'src/incident/page-reports.ts',
        replace: 'find((next) => !ways.some(',
        by: 'find((next) => ways.every(',
      },
    ],
    caught: { test: 'tests/stories/paging-bad-nights.test.ts', named: 'the next way is taken' },
  },
  {
    name: 'a webhook is acknowledged before it is stored',
    why: 'what PagerDuty was told is safe is gone with a crash, and PagerDuty never sends it again',
    patches: [
      {
        file: 'src/features/paging/webhook.ts',
        replace: 'const kept = await store(`pd:${delivery.event.id}`, { source, raw });',
        by: 'setTimeout(() => void store(`pd:${delivery.event.id}`, { source, raw }), 200);\n      const kept = "stored" as Awaited<ReturnType<typeof store>>;',
      },
    ],
    caught: { test: 'tests/stories/paging-killed.test.ts', named: 'loses nothing of it' },
  },
  {
    name: 'webhooks are taken from anybody',
    why: 'whoever knows the address ends pages, and nobody comes',
    patches: [{ file: 'src/features/paging/webhook.ts', replace: 'if (problem) {', by: 'if (problem === null) {' }],
    caught: { test: 'tests/stories/paging.test.ts', named: 'that is not signed changes nothing' },
  },
  {
    name: 'an older report of PagerDuty undoes a newer one',
    why: 'a page that is over rings again in Slack, or one that rings is shown as taken',
    patches: [{ file: 'src/incident/page-reports.ts', replace: 'if (at < page.changedAt) return true;', by: '' }],
    caught: { test: 'tests/incident/paging.test.ts', named: 'however the reports come' },
  },
  {
    name: 'a raised severity pages those again who are awake',
    why: 'people are woken twice for one thing',
    patches: [
      {
        file: 'src/incident/paging.ts',
        replace: '![...before, ...awake].includes(as(target)) && !awake.includes(whomOf(target))',
        by: 'before.length + awake.length >= 0 && Boolean(target)',
      },
    ],
    caught: { test: 'tests/incident/paging.test.ts', named: 'wakes nobody who is awake for it already' },
  },
];
