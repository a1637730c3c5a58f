/** `npm run replay [-- --file F --limit N --part 1/2 --verbose]`: plays real incidents through a sandbox and a bot, and checks what came of it. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { withPromises } from './cadence.ts';
import { disagreements, type Kept, readStore } from './check.ts';
import { type Plan, planOf, textsOf } from './plan.ts';
import { play } from './play.ts';
import { remindersOf, strikesOf, wrongReminders } from './reminders.ts';
import { readSource, SourceError } from './source.ts';
import { createWorld, type World } from './world.ts';

const shared = '../shared/data/github-incidents.jsonl';
const sample = new URL('sample.jsonl', import.meta.url).pathname;

/** Of an incident that the source never ends, the bot reminds for ever; what is due within this time is waited for. Milliseconds. */
const afterwards = 24 * 60 * 60_000;

const { values: options } = parseArgs({
  options: {
    file: { type: 'string' },
    limit: { type: 'string' },
    /** `2/3`: the second of three parts, each a program of its own that may run beside the others. */
    part: { type: 'string', default: '1/1' },
    verbose: { type: 'boolean', default: false },
  },
});
const file = options.file ?? process.env.REPLAY_FILE ?? (existsSync(shared) ? shared : sample);

try {
  process.exitCode = await replay();
} catch (error) {
  if (!(error instanceof SourceError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function replay(): Promise<number> {
  const { incidents, maintenances } = readSource(file);
  const limited = incidents.slice(0, options.limit === undefined ? undefined : Number(options.limit));
  const sources = partOf(limited, options.part).map(planOf);
  console.log(`${file}: ${incidents.length} incidents, ${maintenances} maintenances skipped.`);
  const began = performance.now();
  await using world = await createWorld({
    start: sources[0]?.steps[0]?.at ?? new Date(),
    services: sources.flatMap(({ entry }) => entry.components),
  });
  // Every other incident is silent where its source is, and overdue.
  const plans = sources.map((plan, index) => (index % 2 === 0 ? withPromises(plan, world.policy) : plan));
  const played = await play(plans, world, ({ number, plan }) => {
    if (options.verbose) console.log(`#${number} ${plan.title}: ${textsOf(plan).length} updates`);
  });
  const end = new Date(Math.max(...plans.flatMap(({ steps }) => steps.map(({ at }) => at.getTime()))) + afterwards);
  await drained(world, end);
  await world.stopBot();
  const kept = await readStore(world.databaseUrl, end);
  const reminders = await remindersOf(world);
  report(plans, kept, reminders.length, (performance.now() - began) / 1000);

  const problems = [...(await disagreements(played, kept, world)), ...wrongReminders(kept, reminders)];
  for (const problem of problems.slice(0, 50)) console.log(`DISAGREES ${problem}`);
  if (problems.length > 50) console.log(`… and ${problems.length - 50} more.`);
  if (problems.length === 0) console.log('Store, Slack and source agree: nothing lost, nothing doubled.');
  return problems.length === 0 ? 0 : 1;
}

/** Neighbours go to different parts, so that every part has the whole time and all that changed in it. */
function partOf<T>(all: T[], part: string): T[] {
  const [, nth, of] = /^(\d+)\/(\d+)$/.exec(part) ?? [];
  if (!nth || !of || Number(nth) < 1 || Number(nth) > Number(of))
    throw new SourceError(`--part ${part}: say it as 1/2 or 2/2.`);
  return all.filter((_, index) => index % Number(of) === Number(nth) - 1);
}

/**
 * Until the bot has said everything up to `end`: what a rate limit holds back, and the reminders of incidents that the source never
 * ends, come when the clock is wound to them.
 */
async function drained({ slack, isIdle, windTo, planned }: World, end: Date): Promise<void> {
  for (let looks = 1; looks < 3_000; looks++) {
    const due = (await isIdle()) ? await planned() : new Date(0);
    if (!due || due > end) break;
    await windTo(due);
    await sleep(20);
  }
  await slack.quiet();
}

function report(plans: Plan[], kept: Kept, reminders: number, seconds: number): void {
  const count = (is: (plan: Plan) => boolean) => plans.filter(is).length;
  const updates = plans.reduce((sum, plan) => sum + textsOf(plan).length, 0);
  const by = (['sev1', 'sev2', 'sev3', 'sev4'] as const).map(
    (severity) => `${count((plan) => plan.severity === severity)} ${severity.toUpperCase()}`,
  );
  const timed = count(({ steps }) => steps.some((step) => step.do === 'resolve' && 'started' in step.impact));
  const notes = Map.groupBy(
    plans.flatMap((plan) => plan.notes),
    (note) => note,
  );
  console.log(`Declared ${plans.length} incidents: ${by.join(', ')}.`);
  console.log(`Posted ${updates} updates, each in its channel and under its announcement.`);
  console.log(
    `Resolved ${count(({ steps }) => steps.some((step) => step.do === 'resolve'))}, ${timed} with the time customers felt it.`,
  );
  const { reminded, overdue, escalated } = strikesOf(kept);
  console.log(
    `Reminded ${reminded} times (${reminders} still shown), ${overdue} updates fell due unkept, ${escalated} escalated.`,
  );
  for (const [note, those] of notes) console.log(`For ${those.length}: ${note}.`);
  console.log(`Played in ${seconds.toFixed(1)} s.`);
}
