import { readFile } from 'node:fs/promises';
import { type PackedPng, packedPng } from './packed-png.ts';
import type { StandIn } from './stand-ins.ts';

/** The end of a PDF that has a plain table of its objects. Characters of its trailer: there are four short entries. */
const endOf = 2_000;
const trailer = /trailer\s*<<([\s\S]*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*$/;

/**
 * The PDF with pictures in the place of what stood for them, their pixels as they are packed: each object is written once more at its
 * end, as a PDF is changed. ISO 32000-1, 7.5.6. Undefined where one of them cannot be found, so that none is lost.
 */
export async function putPictures(printed: Buffer, standIns: Iterable<StandIn>): Promise<Buffer | undefined> {
  const end = trailer.exec(printed.toString('latin1', printed.length - endOf));
  if (!end) return undefined;
  const [, entries = '', table] = end;
  const parts: Buffer[] = [printed];
  let length = printed.length;
  const places: string[] = [];
  for (const { path, mark } of standIns) {
    const objects = objectsWith(printed, mark);
    const png = objects.length > 0 ? packedPng(await readFile(path)) : undefined;
    if (!png) return undefined;
    for (const number of objects) {
      const object = objectOf(number, png);
      // A line of the table has twenty bytes. ISO 32000-1, 7.5.4
      places.push(`${number} 1\n${String(length + 1).padStart(10, '0')} 00000 n \n`);
      parts.push(object);
      length += object.length;
    }
  }
  if (places.length === 0) return printed;
  parts.push(
    Buffer.from(
      `\nxref\n${places.join('')}trailer\n<<${entries}/Prev ${table}>>\nstartxref\n${length + 1}\n%%EOF\n`,
      'latin1',
    ),
  );
  return Buffer.concat(parts);
}

/** Numbers of the JPEGs that have it in them. */
function objectsWith(printed: Buffer, mark: string): number[] {
  const numbers: number[] = [];
  for (let at = printed.indexOf(mark); at >= 0; at = printed.indexOf(mark, at + 1)) {
    const begins = printed.lastIndexOf(' 0 obj', at);
    const head = printed.toString('latin1', Math.max(0, begins - 10), at);
    const number = /(\d+) 0 obj\s*<<[\s\S]*\/DCTDecode[\s\S]*>>\s*stream/.exec(head)?.[1];
    if (!number) return [];
    numbers.push(Number(number));
  }
  return numbers;
}

function objectOf(number: number, { width, height, bits, samples, palette, pixels }: PackedPng): Buffer {
  const colours = palette
    ? `[/Indexed /DeviceRGB ${palette.length / 3 - 1} <${palette.toString('hex')}>]`
    : samples === 1
      ? '/DeviceGray'
      : '/DeviceRGB';
  const head = [
    `\n${number} 0 obj\n<</Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent ${bits}`,
    // The filters of a PNG's lines are among those of PDF. ISO 32000-1, 7.4.4.4
    `/ColorSpace ${colours} /Filter /FlateDecode`,
    `/DecodeParms <</Predictor 15 /Colors ${samples} /BitsPerComponent ${bits} /Columns ${width}>>`,
    `/Length ${pixels.length}>>\nstream\n`,
  ].join('\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), pixels, Buffer.from('\nendstream\nendobj\n', 'latin1')]);
}
