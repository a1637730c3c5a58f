import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Browser } from '../src/exporting.ts';
import { createBrowser } from '../src/features/export/browser.ts';
import { chromiumsThere } from '../src/features/export/chromium.ts';
import { type Images, toHtml } from '../src/features/export/html.ts';
import { imagesIn, toMarkdown } from '../src/features/export/markdown.ts';
import { toPdf } from '../src/features/export/pdf.ts';
import type { Document } from '../src/features/postmortem/document.ts';
import { aDocument, anImage, aSection } from '../tests/support/a-document.ts';
import { aPicture, aScreenshot } from '../tests/support/a-picture.ts';
import { type Figure, median, ms, spread } from './support/figures.ts';

const entries = 300;
const pictures = 50;
/** Bytes of each. */
const pictureSize = 200_000;

const rounds = { text: 20, pdf: 5 };

/** A long incident with many screenshots: how long each format takes, and what the process weighs while it is made. */
export async function exporting(): Promise<Figure[]> {
  const { stdout, stderr, status } = spawnSync(process.execPath, [import.meta.filename], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Figure[];
}

function aLongDocument(pictureOf: (index: number) => Buffer): { document: Document; images: Images } {
  const lines = Array.from({ length: entries }, (_, index) => {
    const time = `${String(8 + Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')} UTC`;
    const picture = index % (entries / pictures) === 0 ? `\n\n  ![Graph ${index}](image:F${index})\n` : '';
    return `- **${time}** @U0BEN: error rate of \`POST /payments\` is at ${index % 100} %, see https://grafana.example/d/${index}${picture}`;
  });
  const document = aDocument();
  const sections = document.sections.map((section) =>
    section.key === 'timeline' ? aSection('Timeline', lines.join('\n')) : section,
  );
  const long = { ...document, sections };
  return {
    document: long,
    images: new Map(imagesIn(long).map((id, index) => [id, { ...anImage(id, 0), bytes: pictureOf(index) }])),
  };
}

async function timed(count: number, make: () => unknown): Promise<number[]> {
  const took: number[] = [];
  for (let round = 0; round < count; round++) {
    const began = performance.now();
    await make();
    took.push(performance.now() - began);
  }
  return took;
}

const megabytesOf = (field: 'VmHWM' | 'VmRSS', process: string) => {
  const status = readFileSync(`/proc/${process}/status`, 'utf8');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024);
};

/** Megabytes at most of a process that this one starts while it makes something. */
async function heaviestChild(make: () => Promise<unknown>): Promise<number> {
  let most = 0;
  const look = setInterval(() => {
    for (const child of readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' '))
      if (child) most = Math.max(most, megabytesOf('VmHWM', child));
  }, 20);
  try {
    await make();
  } finally {
    clearInterval(look);
  }
  return most;
}

async function measure(): Promise<Figure[]> {
  const { document, images } = aLongDocument((index) => aPicture(pictureSize, index));
  const shots = aLongDocument((index) => aScreenshot(pictureSize, index)).images;
  const what = (format: string, of = 'images') =>
    `${format} of ${entries} entries and ${pictures} ${of} of ${pictureSize / 1000} kB`;
  const large = 'screenshots (1600 × 1000, with alpha)';
  const figure = (name: string, atLeast: string, took: number[]): Figure => ({
    what: name,
    atLeast,
    measured: took.length < 10 ? `median ${ms(median(took))}, longest ${ms(Math.max(...took))}` : spread(took),
    n: took.length,
  });
  const weight = (name: string, atLeast: string, megabytes: number): Figure => ({
    what: name,
    atLeast,
    measured: `${megabytes} MB`,
    n: 1,
  });
  const figures = [
    figure(what('Markdown'), '≤ 300 ms', await timed(rounds.text, () => toMarkdown(document))),
    figure(what('HTML'), '≤ 300 ms', await timed(rounds.text, () => toHtml(document, images))),
  ];
  const pdf = (of: Images, browser?: Browser) => async () => {
    const { by } = await toPdf(document, of.values(), browser);
    if (browser && by !== 'chromium') throw new Error('Chromium did not print it');
  };
  for (const chromium of chromiumsThere()) {
    await using browser = createBrowser({ chromium, patience: 120_000 });
    const by = basename(chromium);
    figures.push(
      figure(what(`the first PDF by ${by}, which starts for it`), '≤ 2 s', await timed(1, pdf(images, browser))),
      figure(what(`further PDFs by ${by}`), '≤ 2 s', await timed(rounds.pdf, pdf(images, browser))),
      figure(what(`further PDFs by ${by}`, large), '', await timed(rounds.pdf, pdf(shots, browser))),
    );
  }
  const before = megabytesOf('VmRSS', 'self');
  const took: number[] = [];
  const child = await heaviestChild(async () => took.push(...(await timed(rounds.pdf, pdf(images)))));
  const slow: number[] = [];
  const largest = await heaviestChild(async () => slow.push(...(await timed(rounds.pdf, pdf(shots)))));
  const after = megabytesOf('VmRSS', 'self');
  return [
    ...figures,
    figure(what('PDF without a browser'), '≤ 2 s', took),
    figure(what('PDF without a browser', large), '', slow),
    weight(
      'resident memory of the bot’s process at most, with what the bench holds',
      '≤ 200 MB',
      megabytesOf('VmHWM', 'self'),
    ),
    weight('what drawing left in it', '', after - before),
    weight('resident memory of the process that draws', '≤ 200 MB', child),
    weight(`the same for ${large}`, '≤ 200 MB', largest),
  ];
}

if (import.meta.main) console.log(JSON.stringify(await measure()));
