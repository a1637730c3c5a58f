import { parseArgs } from 'node:util';
import { buildCopy, type Copy } from '../tests/faults/support/bundle.ts';
import { machine } from '../tests/faults/support/machine.ts';
import { ack } from './ack.ts';
import { declare } from './declare.ts';
import type { Figure } from './figure.ts';
import { intake } from './intake.ts';
import { start } from './start.ts';

/** `npm run bench [-- --only ack,declare,intake,start] [--markdown]`: measures what the README says about speed and memory. */
const benches: Record<string, (copy: Copy) => Promise<Figure[]>> = { ack, declare, intake, start };

const { values } = parseArgs({ options: { only: { type: 'string' }, markdown: { type: 'boolean' } } });
const names = values.only?.split(',') ?? Object.keys(benches);
const unknown = names.find((name) => !benches[name]);
if (unknown) throw new Error(`There is no bench ${unknown}; there are ${Object.keys(benches).join(', ')}.`);

await using copy = await buildCopy();
const figures: Figure[] = [];
for (const name of names) {
  const measured = (await benches[name]?.(copy)) ?? [];
  figures.push(...measured);
  if (!values.markdown) for (const figure of measured) console.log(line(figure));
}
if (values.markdown) console.log(table(figures));
console.log(`${values.markdown ? '\n' : ''}\`npm run bench\` ${await machine()}`);

function line({ what, measured, asked, n, reached }: Figure): string {
  return `${reached ? 'reached    ' : 'NOT REACHED'}  ${what}: ${measured} (n = ${n}; asked: ${asked})`;
}

function table(rows: Figure[]): string {
  return [
    '| what | measured | n | asked |',
    '|---|---|---|---|',
    ...rows.map(
      ({ what, measured, asked, n, reached }) =>
        `| ${what} | ${measured}${reached ? '' : ' (not reached)'} | ${n} | ${asked} |`,
    ),
  ].join('\n');
}
