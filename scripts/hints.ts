/**
 * Looks for words that blame in texts of incidents that really happened, and says how often there are any:
 * `npm run hints -- --file <incidents.jsonl> [--half even|odd] [--sample 60] [--people "Ana Lima,Ben"]`.
 * Each line of the file is an incident with `updates: [{ message }]`. Whether a hint is a false alarm only a reader can say, so a sample
 * of them is printed to be read, the same one each time.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type BlameHint, blameHints } from '../src/features/postmortem/blame.ts';

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    half: { type: 'string' },
    sample: { type: 'string', default: '60' },
    people: { type: 'string', default: '' },
  },
});

const Incident = z.object({ updates: z.array(z.object({ message: z.string() })).default([]) });

/** Every second text: rules are made by looking at the one half and judged by the other. */
const wanted = (index: number) => values.half === undefined || (index % 2 === 0) === (values.half === 'even');

async function textsOf(file: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file) }))
    if (line.trim()) texts.push(...Incident.parse(JSON.parse(line)).updates.map(({ message }) => message));
  return texts.filter((_, index) => wanted(index));
}

/** The same order each time, and none that the file has. */
function shuffled<T>(all: T[]): T[] {
  let state = 20_260_301;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  return all
    .map((one) => ({ one, at: next() }))
    .sort((first, second) => first.at - second.at)
    .map(({ one }) => one);
}

const around = (text: string, { from, to }: BlameHint) =>
  `${text.slice(Math.max(0, from - 90), from)}[${text.slice(from, to)}]${text.slice(to, to + 90)}`.replace(/\s+/g, ' ');

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

if (!values.file) throw new Error('npm run hints -- --file <incidents.jsonl>');
const people = values.people.split(',').filter(Boolean);
const texts = await textsOf(values.file);
const began = performance.now();
const found = texts.map((text) => ({ text, hints: blameHints(text, people) }));
const took = performance.now() - began;
const hits = found.flatMap(({ text, hints }) => hints.map((hint) => ({ text, hint })));
const pointed = found.filter(({ hints }) => hints.length > 0).length;

console.log(`${texts.length} texts, ${pointed} with a hint (${percent(pointed, texts.length)}), ${hits.length} hints`);
for (const [rule, of] of Map.groupBy(hits, ({ hint }) => hint.rule)) console.log(`  ${rule}: ${of.length}`);
console.log(`${Math.round(took)} ms, ${(took / texts.length).toFixed(2)} ms a text`);
for (const { text, hint } of shuffled(hits).slice(0, Number(values.sample)))
  console.log(`- ${hint.rule}: ${around(text, hint)}`);
