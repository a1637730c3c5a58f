import { describe, expect, it } from '@jest/globals';
import { packedPng } from '../../../src/features/export/packed-png.ts';
import { toPdf } from '../../../src/features/export/pdf.ts';
import { aDocument, anImage } from '../../support/a-document.ts';
import { aPng, noise } from '../../support/a-picture.ts';

const size = { width: 30, height: 20 };
/** Where the kind of a PNG and whether it is interlaced stand in it. */
const [kindAt, interlacedAt] = [25, 28];

/** A chunk before the pixels; nothing that is asked here reads its sum. */
function withChunk(png: Buffer, name: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([png.subarray(0, 33), length, Buffer.from(name), content, Buffer.alloc(4), png.subarray(33)]);
}

function changed(png: Buffer, at: number, to: number): Buffer {
  const other = Buffer.from(png);
  other[at] = to;
  return other;
}

/** What is between the braces of the only picture of a PDF, and what follows as its bytes. */
function pictureIn(pdf: Buffer) {
  const at = pdf.indexOf('/Subtype /Image');
  const begins = pdf.indexOf('stream\n', at) + 'stream\n'.length;
  return {
    fields: pdf.toString('latin1', at, begins),
    bytes: pdf.subarray(begins, pdf.indexOf('\nendstream', begins)),
  };
}

const colours = Buffer.from(Array.from({ length: 3 * 256 }, (_, index) => index % 251));

describe('a picture in a PDF that is drawn without a browser', () => {
  it.each([
    ['grey', aPng({ ...size, kind: 0 }, noise()), ['/DeviceGray', '/BitsPerComponent 8', '/Colors 1']],
    ['colour', aPng({ ...size, kind: 2 }, noise()), ['/DeviceRGB', '/BitsPerComponent 8', '/Colors 3']],
    ['colour of 16 bits', aPng({ ...size, kind: 2, bits: 16 }, noise()), ['/DeviceRGB', '/BitsPerComponent 16']],
    [
      'a list of colours',
      withChunk(changed(aPng({ ...size, kind: 0 }, noise()), kindAt, 3), 'PLTE', colours),
      ['[/Indexed /DeviceRGB 255', '/BitsPerComponent 8', '/Colors 1'],
    ],
  ])('has its pixels as they were packed: %s', async (_, bytes, fields) => {
    const { bytes: pdf } = await toPdf(aDocument(), [{ ...anImage('F0GRAPH'), bytes }], undefined);
    const picture = pictureIn(pdf);
    for (const field of [...fields, '/Width 30', '/Height 20', '/Filter /FlateDecode', '/Predictor 15', '/Columns 30'])
      expect(picture.fields).toContain(field);
    expect(bytes.includes(picture.bytes)).toBe(true);
    expect(picture.bytes.length).toBe(packedPng(bytes)?.pixels.length);
  });

  const opaque = aPng({ ...size, kind: 2 }, noise());
  it.each([
    ['with a channel for what is see-through', aPng({ ...size, kind: 6 }, noise())],
    ['with a colour that is see-through', withChunk(opaque, 'tRNS', Buffer.alloc(6))],
    ['interlaced', changed(opaque, interlacedAt, 1)],
    ['with a list of colours that is missing', changed(opaque, kindAt, 3)],
    ['cut off among its pixels', opaque.subarray(0, 60)],
    ['of another kind', Buffer.from('GIF89a, and longer than the header of a PNG would be')],
  ])('is not taken as packed when it is %s', (_, bytes) => {
    expect(packedPng(bytes)).toBeUndefined();
  });
});
