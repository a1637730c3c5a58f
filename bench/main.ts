import { parseArgs } from 'node:util';
import { buildCopy } from '../tests/faults/support/bundle.ts';
import { machine } from '../tests/faults/support/machine.ts';
import { ack } from './ack.ts';
import { answers } from './answers.ts';
import { capture } from './capture.ts';
import { declare } from './declare.ts';
import { deliveries } from './deliveries.ts';
import { exporting } from './export.ts';
import { followers } from './followers.ts';
import { page } from './page.ts';
import { paging } from './paging.ts';
import { postmortem } from './postmortem.ts';
import { queries } from './queries.ts';
import { reminders } from './reminders.ts';
import { search } from './search.ts';
import { start } from './start.ts';
import type { Figure } from './support/figures.ts';
import { web } from './web.ts';

/** What the README's figures come from: `npm run bench [-- --only <one of these>] [--markdown]`. */
const parts = {
  ack,
  answers,
  capture,
  declare,
  deliveries,
  export: exporting,
  followers,
  page,
  paging,
  postmortem,
  queries,
  reminders,
  search,
  start,
  web,
};

const { values } = parseArgs({ options: { only: { type: 'string' }, markdown: { type: 'boolean' } } });
const chosen = Object.entries(parts).filter(([name]) => !values.only || name === values.only);
if (chosen.length === 0) throw new Error(`There is no ${values.only}; there are ${Object.keys(parts).join(', ')}.`);

await using copy = await buildCopy();
const lines: (Figure & { command: string })[] = [];
for (const [name, measure] of chosen) {
  if (!values.markdown) console.log(`${name} …`);
  for (const figure of await measure(copy)) {
    lines.push({ ...figure, command: `npm run bench -- --only ${name}` });
    if (!values.markdown) console.log(`  ${figure.what}: ${figure.measured} (n = ${figure.n}; ${figure.atLeast})`);
  }
}
if (values.markdown) {
  console.log('| what | at least | measured | n | command |\n|---|---|---|---|---|');
  for (const { what, atLeast, measured, n, command } of lines)
    console.log(`| ${what} | ${atLeast} | ${measured} | ${n} | \`${command}\` |`);
}
console.log(`\n${await machine()}`);
