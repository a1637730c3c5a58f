/** `npm run replay [-- --file F --limit N --verbose]`: plays real incidents through a sandbox and a bot, and checks what came of it. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { disagreements, readStore } from './check.ts';
import { type Plan, planOf, textsOf } from './plan.ts';
import { play } from './play.ts';
import { readSource, SourceError } from './source.ts';
import { createWorld, type World } from './world.ts';

const shared = '../shared/data/github-incidents.jsonl';
const sample = new URL('sample.jsonl', import.meta.url).pathname;

const { values: options } = parseArgs({
  options: { file: { type: 'string' }, limit: { type: 'string' }, verbose: { type: 'boolean', default: false } },
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
  const plans = incidents.slice(0, options.limit === undefined ? undefined : Number(options.limit)).map(planOf);
  console.log(`${file}: ${incidents.length} incidents, ${maintenances} maintenances skipped.`);
  const began = performance.now();
  await using world = await createWorld({
    start: plans[0]?.steps[0]?.at ?? new Date(),
    services: plans.flatMap(({ entry }) => entry.components),
  });
  const played = await play(plans, world, ({ number, plan }) => {
    if (options.verbose) console.log(`#${number} ${plan.title}: ${textsOf(plan).length} updates`);
  });
  await drained(world);
  await world.stopBot();
  const kept = await readStore(world.databaseUrl);
  report(plans, (performance.now() - began) / 1000);

  const problems = await disagreements(played, kept, world);
  for (const problem of problems.slice(0, 50)) console.log(`DISAGREES ${problem}`);
  if (problems.length > 50) console.log(`… and ${problems.length - 50} more.`);
  if (problems.length === 0) console.log('Store, Slack and source agree: nothing lost, nothing doubled.');
  return problems.length === 0 ? 0 : 1;
}

/** Until the bot has said everything; what a rate limit holds back comes when the clock is wound to it. */
async function drained({ slack, isIdle, windTo }: World): Promise<void> {
  for (let looks = 1; looks < 3_000 && !(await isIdle()); looks++) await sleep(20);
  const due = await slack.clock.due();
  if (due) await windTo(due);
  await slack.quiet();
}

function report(plans: Plan[], seconds: number): void {
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
  for (const [note, those] of notes) console.log(`For ${those.length}: ${note}.`);
  console.log(`Played in ${seconds.toFixed(1)} s.`);
}
