import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Browser } from '../../../src/exporting.ts';
import { createBrowser } from '../../../src/features/export/browser.ts';
import { findChromium } from '../../../src/features/export/chromium.ts';
import { packedPng } from '../../../src/features/export/packed-png.ts';
import { toPdf } from '../../../src/features/export/pdf.ts';
import { aDocument, anImage, aSection } from '../../support/a-document.ts';
import { aPng, noise } from '../../support/a-picture.ts';

const size = { width: 30, height: 20 };
const colours = Buffer.from(Array.from({ length: 3 * 256 }, (_, index) => index % 251));
const opaque = aPng({ ...size, kind: 2 }, noise());
const grey = aPng({ ...size, kind: 0 }, noise(3));
const listed = withChunk(withKind(aPng({ ...size, kind: 0 }, noise(5)), 3), 'PLTE', colours);

function aChunk(name: string, content: Buffer): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(content, crc32(name)));
  return Buffer.concat([length, Buffer.from(name), content, sum]);
}

/** After the header, which takes the first 33 bytes. */
function withChunk(png: Buffer, name: string, content: Buffer): Buffer {
  return Buffer.concat([png.subarray(0, 33), aChunk(name, content), png.subarray(33)]);
}

function withKind(png: Buffer, kind: number): Buffer {
  const header = Buffer.from(png.subarray(16, 29));
  header[9] = kind;
  return Buffer.concat([png.subarray(0, 8), aChunk('IHDR', header), png.subarray(33)]);
}

/** A pixel was hit on its way: its sum no longer fits. */
function damaged(png: Buffer): Buffer {
  const other = Buffer.from(png);
  other[60] = (other[60] ?? 0) ^ 0xff;
  return other;
}

const image = (id: string, bytes: Buffer) => ({ ...anImage(id), bytes });

const withPictures = (...ids: string[]) =>
  aDocument({ sections: [aSection('Timeline', ids.map((id) => `![A graph](image:${id})`).join('\n\n'))] });

/** In the place of a browser: a PDF with each picture that is in the page itself, and all pages that it was asked for. */
function aBrowser(asItIs: (jpeg: Buffer) => Buffer = (jpeg) => jpeg) {
  const pages: string[] = [];
  const browser: Browser = {
    isThere: () => true,
    getReady: () => ({ [Symbol.dispose]: () => undefined }),
    async print(path) {
      const page = readFileSync(path, 'utf8');
      pages.push(page);
      const objects = [...page.matchAll(/src="data:image\/jpeg;base64,([^"]+)"/g)].map(([, letters = ''], index) => {
        const jpeg = asItIs(Buffer.from(letters, 'base64'));
        const head = `${index + 7} 0 obj\n<</Type /XObject\n/Filter /DCTDecode\n/Length ${jpeg.length}>> stream\n`;
        return Buffer.concat([Buffer.from(head), jpeg, Buffer.from('\nendstream\nendobj\n')]);
      });
      const end = 'trailer\n<</Size 20\n/Root 1 0 R>>\nstartxref\n9\n%%EOF\n';
      return Buffer.concat([Buffer.from('%PDF-1.4\nxref\n0 0\n'), ...objects, Buffer.from(end)]);
    },
  };
  return { browser, pages };
}

/** Numbers of the objects that its last table has, each of which must be where it says. */
function objectsOf(pdf: Buffer): number[] {
  const table = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.toString('latin1', pdf.length - 100))?.[1]);
  const text = pdf.toString('latin1', table);
  expect(text).toMatch(/^xref\n(?:\d+ 1\n\d{10} 00000 n \n)+trailer\n<<[\s\S]*\/Root [\s\S]*\/Prev \d+>>\nstartxref/);
  return [...text.matchAll(/(\d+) 1\n(\d{10}) 00000 n \n/g)].map(([, number, at]) => {
    expect(pdf.toString('latin1', Number(at), Number(at) + 20)).toMatch(new RegExp(`^${number} 0 obj\n`));
    return Number(number);
  });
}

const pixelsOf = (png: Buffer) => packedPng(png)?.pixels ?? Buffer.from('no picture');

describe('a picture in a PDF that is printed by a browser', () => {
  it('has its pixels as they were packed, in the place of what the browser was shown', async () => {
    const { browser, pages } = aBrowser();
    const images = [image('F1', opaque), image('F2', grey), image('F3', listed)];
    const { bytes, by } = await toPdf(withPictures('F1', 'F2', 'F3'), images, browser);
    expect(by).toBe('chromium');
    expect(pages.length).toBe(1);
    expect(objectsOf(bytes)).toEqual([7, 8, 9]);
    for (const png of [opaque, grey, listed]) expect(bytes.includes(pixelsOf(png))).toBe(true);
    const text = bytes.toString('latin1');
    expect(text).toMatch(/\n7 0 obj\n<<[^>]*\/Width 30 \/Height 20 \/BitsPerComponent 8\n\/ColorSpace \/DeviceRGB /);
    expect(text).toMatch(/\n8 0 obj\n<<[^>]*\/ColorSpace \/DeviceGray /);
    expect(text).toMatch(/\n9 0 obj\n<<[^>]*\/ColorSpace \[\/Indexed \/DeviceRGB 255 </);
  });

  it.each([
    ['is see-through', aPng({ ...size, kind: 6 }, noise())],
    ['has colours of its own', withChunk(opaque, 'iCCP', Buffer.from('Display P3'))],
    ['is turned', withChunk(opaque, 'eXIf', Buffer.from('MM'))],
    ['has sixteen bits', aPng({ ...size, kind: 2, bits: 16 }, noise())],
    ['is broken', damaged(opaque)],
    ['is cut off', opaque.subarray(0, 60)],
    ['is no PNG', Buffer.from('GIF89a, and longer than the header of a PNG would be')],
  ])('is shown to the browser itself when it %s', async (_, bytes) => {
    const { browser, pages } = aBrowser();
    await toPdf(withPictures('F1'), [image('F1', bytes)], browser);
    expect(pages).toEqual([expect.stringMatching(/<img src="F1[^"]*\.png"/)]);
  });

  it.each([
    ['packed anew', (jpeg: Buffer) => Buffer.from(jpeg.map((byte) => byte ^ 0x55))],
    ['left out', () => Buffer.alloc(0)],
  ])('is shown to the browser itself when what stood for it was %s', async (_, change) => {
    const { browser, pages } = aBrowser(change);
    await toPdf(withPictures('F1'), [image('F1', opaque)], browser);
    expect(pages.length).toBe(2);
    expect(pages[1]).toMatch(/<img src="F1[^"]*\.png"/);
    expect(pages[1]).not.toContain('src="data:');
  });

  (findChromium() ? it : it.skip)(
    'is there after Chromium, which packs none of them anew',
    async () => {
      await using browser = createBrowser({ patience: 60_000 });
      const ids = ['F1', 'F2', 'F3'];
      const pictures = [opaque, grey, listed];
      const images = pictures.map((png, index) => image(ids[index] ?? '', png));
      // The last is in the document a second time.
      const { bytes, instead } = await toPdf(withPictures(...ids, 'F3'), images, browser);
      expect(instead).toBeUndefined();
      expect(objectsOf(bytes).length).toBeGreaterThanOrEqual(3);
      for (const png of pictures) expect(bytes.includes(pixelsOf(png))).toBe(true);
    },
    90_000,
  );
});
