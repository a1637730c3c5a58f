import { readFileSync } from 'node:fs';
import library, { type PdfDocument, type PdfImage } from 'pdfmake/js/PDFDocument.js';
import { type PackedPng, packedPng } from './packed-png.ts';

/**
 * The library reads a PNG into a list with a number for each byte, only to write the same bytes: for fifty pictures a third of the time,
 * and most of the memory. So those whose pixels go into a PDF as they are packed come to it ready.
 * https://github.com/foliojs/png.js/blob/master/src/node.js
 */
export function keepPixelsPacked(): void {
  const { prototype } = library.default;
  const { openImage } = prototype;
  prototype.openImage = function (source) {
    const png = packedPng(typeof source === 'string' ? readFileSync(source) : source);
    return png ? imageOf(png, `I${++this._imageCount}`) : openImage.call(this, source);
  };
}

function imageOf({ width, height, bits, samples, palette, pixels }: PackedPng, label: string): PdfImage {
  return {
    width,
    height,
    label,
    embed(document) {
      if (this.obj) return;
      this.obj = document.ref({
        Type: 'XObject',
        Subtype: 'Image',
        Width: width,
        Height: height,
        BitsPerComponent: bits,
        ColorSpace: palette ? listOf(palette, document) : samples === 1 ? 'DeviceGray' : 'DeviceRGB',
        Filter: 'FlateDecode',
        // The filters of a PNG's lines are among those of PDF. ISO 32000-1, 7.4.4.4
        DecodeParms: { Predictor: 15, Colors: samples, BitsPerComponent: bits, Columns: width },
      });
      this.obj.end(pixels);
    },
  };
}

function listOf(palette: Buffer, document: PdfDocument) {
  const colours = document.ref();
  colours.end(palette);
  return ['Indexed', 'DeviceRGB', palette.length / 3 - 1, colours];
}
