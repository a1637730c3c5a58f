import { parseArgs } from 'node:util';
import { startPostgres } from '../support/postgres-server.ts';
import { buildCopy } from './support/bundle.ts';
import { hunt, report } from './support/hunt.ts';
import { machine } from './support/machine.ts';
import { type Kind, needs, nights } from './support/nights.ts';

/** Long hunts: `npm run faults -- --runs 1000 [--kind kill|lost-replies|replicas] [--engine sqlite|pg] [--paging] [--seed N] [--worlds N]`. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    kind: { type: 'string', multiple: true },
    engine: { type: 'string' },
    paging: { type: 'boolean' },
    seed: { type: 'string' },
    worlds: { type: 'string' },
  },
});

/** With a seed alone it is that one run again. */
const runs = Number(values.runs ?? (values.seed ? 1 : 20));
const first = Number(values.seed ?? process.env.SEED ?? Math.floor(Math.random() * 1e6));
const kinds = (values.kind ?? Object.keys(nights)) as Kind[];
const unknown = kinds.find((kind) => !(kind in nights));
if (unknown) throw new Error(`There is no kind ${unknown}; there are ${Object.keys(nights).join(', ')}.`);

const plan = kinds.flatMap((kind) =>
  needs[kind].engines
    .filter((engine) => !values.engine || values.engine === engine)
    .map((engine) => ({ kind, engine })),
);
const postgres =
  plan.some(({ engine }) => engine === 'pg') && !process.env.TEST_PG_URL ? await startPostgres() : undefined;
if (postgres) process.env.TEST_PG_URL = postgres.url;

await using copy = await buildCopy();
let failed = 0;
for (const { kind, engine } of plan) {
  const began = performance.now();
  let count = 0;
  const failures = await hunt({
    kind,
    engine,
    seed: first,
    runs,
    copy,
    paging: values.paging ?? false,
    worlds: Number(values.worlds ?? (kind === 'replicas' ? 6 : 4)),
    onFailure: (failure) => console.error(report(failure)),
    onRun() {
      count += 1;
      if (count % 100 === 0) console.error(`${kind} on ${engine}: ${count} runs`);
    },
  });
  const seconds = (performance.now() - began) / 1000;
  const seeds = `seeds ${first} to ${first + runs - 1}`;
  const bad = failures.length > 0 ? ` (${failures.map(({ seed }) => seed).join(', ')})` : '';
  console.log(`${kind} on ${engine}: n = ${runs}, ${failures.length} failed${bad}, ${seeds}, ${seconds.toFixed(0)} s`);
  failed += failures.length;
}
console.log(await machine());
await postgres?.stop();
process.exitCode = failed > 0 ? 1 : 0;
