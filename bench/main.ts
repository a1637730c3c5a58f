import { parseArgs } from 'node:util';
import { buildCopy } from '../tests/faults/support/bundle.ts';
import { machine } from '../tests/faults/support/machine.ts';
import { ack } from './ack.ts';
import { declare } from './declare.ts';
import { deliveries } from './deliveries.ts';
import { start } from './start.ts';
import type { Figure } from './support/figures.ts';

/** What the README's figures come from: `npm run bench [-- --only ack|declare|deliveries|start] [--markdown]`. */
const parts = { ack, declare, deliveries, start };

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
