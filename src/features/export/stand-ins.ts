import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { greyJpeg } from './grey-jpeg.ts';
import { chunksOf, packedPng } from './packed-png.ts';
import type { Picture } from './pictures.ts';

/** What stands in a page for a picture, and is as large. */
export interface StandIn {
  /** Where the picture itself is. */
  path: string;
  /** What the PDF has where the stand-in is, and nowhere else. */
  mark: string;
  url: string;
}

/** What is larger than this is more than the page is to carry letters for. Pixels. */
const most = 40_000_000;
/** Pixels of a side of a JPEG. */
const longest = 65_535;

/** What changes how the pixels are shown: their colours, or which side is up. Chromium heeds it. */
const telling = new Set(['iCCP', 'cICP', 'eXIf']);

/**
 * Chromium unpacks each picture and packs it again for a PDF, which for fifty of them takes longer than everything else. A JPEG it takes
 * as it is; so one of nothing but grey is shown to it for each PNG whose pixels can go into a PDF as they are packed.
 */
export async function standInsFor(folder: string, pictures: readonly Picture[]): Promise<Map<string, StandIn>> {
  const standIns = new Map<string, StandIn>();
  for (const { id, file } of pictures) {
    const path = join(folder, file);
    const size = sizeOf(await readFile(path));
    if (!size) continue;
    const mark = randomUUID();
    const url = `data:image/jpeg;base64,${greyJpeg(size, mark).toString('base64')}`;
    standIns.set(id, { path, mark, url });
  }
  return standIns;
}

/** Undefined where Chromium has to look at the pixels: also where they are not what their sums say, for it leaves a broken picture out. */
function sizeOf(bytes: Buffer): { width: number; height: number } | undefined {
  const png = packedPng(bytes);
  // A PDF of the version that Chromium writes has at most eight bits. ISO 32000-1, 7.4.4.3
  if (!png || png.bits > 8) return undefined;
  for (const { name, content, sum } of chunksOf(bytes))
    if (telling.has(name) || sum !== crc32(content, crc32(name))) return undefined;
  const { width, height } = png;
  if (width === 0 || height === 0 || Math.max(width, height) > longest || width * height > most) return undefined;
  return { width, height };
}
