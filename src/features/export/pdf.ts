import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import type { Browser } from '../../exporting.ts';
import type { Document } from '../postmortem/document.ts';
import { type Drawing, drawingFile, pdfFile } from './drawing.ts';
import { type Image, toPrintable } from './html.ts';
import { type Picture, writePictures } from './pictures.ts';
import { putPictures } from './put-pictures.ts';
import { type StandIn, standInsFor } from './stand-ins.ts';

/** Longer than any document of ours takes. Real milliseconds. */
const patience = 60_000;
/** Megabytes that the drawing process may take for its objects; images are beside them, one at a time. */
const heap = 192;
/** Characters of what it said last. */
const lastWords = 500;

export interface Pdf {
  bytes: Buffer;
  by: 'chromium' | 'library';
  /** Why a browser that is there did not do it. */
  instead?: Error;
}

/**
 * The document as a PDF: by the browser where there is one, since it has the fonts of the system and shapes every script; else, and
 * where the browser fails, by a library with fonts of its own, which names in the PDF what it could not draw. Images go from where
 * they come from into files, and are never all in memory.
 */
export async function toPdf(
  document: Document,
  images: Iterable<Image> | AsyncIterable<Image>,
  browser: Browser | undefined,
): Promise<Pdf> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-pdf-'));
  try {
    using _ = browser?.isThere() ? browser.getReady() : undefined;
    const pictures = await writePictures(folder, images);
    const draw = () => inTurn(() => drawPdf(document, pictures, folder));
    if (!browser?.isThere()) return { bytes: await draw(), by: 'library' };
    try {
      return { bytes: await print(document, pictures, folder, browser), by: 'chromium' };
    } catch (error) {
      const instead = error instanceof Error ? error : new Error(String(error));
      return { bytes: await draw(), by: 'library', instead };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** With what stands for the pictures, which takes half the time; and with the pictures themselves where it is not found again. */
async function print(document: Document, pictures: Picture[], folder: string, browser: Browser): Promise<Buffer> {
  const page = join(folder, 'page.html');
  const standIns = await standInsFor(folder, pictures);
  const shown = new Set<StandIn>();
  const standIn = (id: string) => {
    const one = standIns.get(id);
    if (one) shown.add(one);
    return one?.url;
  };
  await writeFile(page, toPrintable(document, pictures, standIn), { mode: 0o600 });
  const whole = await putPictures(await browser.print(page), shown);
  if (whole) return whole;
  await writeFile(
    page,
    toPrintable(document, pictures, () => undefined),
    { mode: 0o600 },
  );
  return browser.print(page);
}

let before: Promise<unknown> = Promise.resolve();

/** One after the other: two at once would weigh twice as much, and be no sooner done. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = before.then(work);
  before = turn.catch(() => undefined);
  return turn;
}

/** In a release the program stands beside the bundle. */
function program(): string {
  const beside = fileURLToPath(new URL('./draw-pdf.mjs', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('./draw-pdf.ts', import.meta.url));
}

/**
 * By a process of its own: a long PDF takes seconds of reckoning and a hundred megabytes. The bot goes on answering meanwhile, what it
 * took is given back, and a picture that is too much for it takes nothing else down.
 */
async function drawPdf(document: Document, pictures: Picture[], folder: string): Promise<Buffer> {
  await writeFile(join(folder, drawingFile), serialize({ document, pictures } satisfies Drawing), { mode: 0o600 });
  const child = spawn(process.execPath, [`--max-old-space-size=${heap}`, '--no-warnings', program(), folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {},
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  let words = '';
  child.stderr.on('data', (chunk) => {
    words = (words + String(chunk)).slice(-lastWords);
  });
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`drawing the PDF ended with ${signal ?? code}. ${words.trim()}`.trim());
  return readFile(join(folder, pdfFile));
}
