/** A program of its own, which draws the PDF of a folder. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize } from 'node:v8';
import * as fontkit from 'fontkit';
import pdfmake from 'pdfmake';
import type { CustomTableLayout } from 'pdfmake/interfaces.js';
import { drawablePicture } from './drawable.ts';
import { type Drawing, drawingFile, pdfFile } from './drawing.ts';
import { keepPixelsPacked } from './pdf-images.ts';
import { pagesOf, wordsIn } from './pdf-pages.ts';
import type { Picture } from './pictures.ts';
import { undrawableWords, withoutUndrawable } from './undrawable.ts';

const layouts: Record<string, CustomTableLayout> = {
  lines: {
    hLineWidth: (row) => (row === 0 ? 0 : 0.5),
    vLineWidth: () => 0,
    hLineColor: () => '#d5dae0',
    paddingLeft: () => 0,
    paddingRight: () => 10,
    paddingTop: () => 4,
    paddingBottom: () => 4,
  },
  box: {
    hLineWidth: () => 0,
    vLineWidth: () => 0,
    fillColor: () => '#f5f6f8',
    paddingLeft: () => 10,
    paddingRight: () => 10,
    paddingTop: () => 4,
    paddingBottom: () => 4,
  },
  quote: {
    hLineWidth: () => 0,
    vLineWidth: (column) => (column === 0 ? 2 : 0),
    vLineColor: () => '#d5dae0',
    paddingLeft: () => 10,
  },
};

/** Beside the bundle in a release, in the package else. */
function fontFolder(): string {
  const beside = fileURLToPath(new URL('./fonts', import.meta.url));
  if (existsSync(beside)) return beside;
  return dirname(fileURLToPath(import.meta.resolve('pdfmake/fonts/Roboto/Roboto-Regular.ttf')));
}

/** Which of the pictures the library can read, by where they are: it reads them when it comes to them. */
async function drawable(folder: string, pictures: Picture[]): Promise<Map<string, string>> {
  const paths = new Map<string, string>();
  for (const { id, file } of pictures) {
    const path = join(folder, file);
    const bytes = drawablePicture(await readFile(path));
    if (!bytes) continue;
    await writeFile(path, bytes);
    paths.set(id, path);
  }
  return paths;
}

/** What is to be drawn is read from the folder, and the PDF written into it. */
async function draw(folder: string): Promise<void> {
  const { document, pictures } = deserialize(await readFile(join(folder, drawingFile))) as Drawing;
  const from = fontFolder();
  const fonts = {
    normal: join(from, 'Roboto-Regular.ttf'),
    bold: join(from, 'Roboto-Medium.ttf'),
    italics: join(from, 'Roboto-Italic.ttf'),
    bolditalics: join(from, 'Roboto-MediumItalic.ttf'),
  };
  const font = fontkit.openSync(fonts.normal) as fontkit.Font;
  const has = (codePoint: number) => font.hasGlyphForCodePoint(codePoint);
  const paths = await drawable(folder, pictures);
  const readable = new Set([...Object.values(fonts), ...paths.values()]);
  keepPixelsPacked();
  pdfmake.setFonts({ Roboto: fonts });
  pdfmake.setTableLayouts(layouts);
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => readable.has(path));
  const missing = undrawableWords(wordsIn(document), has);
  const pages = pagesOf(withoutUndrawable(document, has), (id) => paths.get(id), missing);
  await pdfmake.createPdf(pages).write(join(folder, pdfFile));
}

await draw(process.argv[2] ?? '');
