import { crc32, deflateSync } from 'node:zlib';

/** How a PNG is stored. `kind` as in its header: 0 grey, 2 colour, 4 grey and 6 colour with what is see-through. */
export interface PngShape {
  width: number;
  height: number;
  kind?: 0 | 2 | 4 | 6;
  bits?: 8 | 16;
}

const samples = { 0: 1, 2: 3, 4: 2, 6: 4 } as const;

/** A PNG whose samples are what `sampleAt` says, each line stored by the next of the five filters. */
export function aPng(
  { width, height, kind = 2, bits = 8 }: PngShape,
  sampleAt: (x: number, y: number, sample: number) => number,
): Buffer {
  const step = (samples[kind] * bits) / 8;
  const size = width * step;
  const packed = Buffer.alloc(height * (size + 1));
  let above = Buffer.alloc(size);
  for (let y = 0; y < height; y++) {
    const line = Buffer.alloc(size);
    for (let at = 0; at < size; at++) {
      const sample = Math.floor((at % step) / (bits / 8));
      line[at] = bits === 16 && at % 2 === 1 ? 0 : sampleAt(Math.floor(at / step), y, sample);
    }
    const filter = y % 5;
    packed[y * (size + 1)] = filter;
    for (let at = 0; at < size; at++)
      packed[y * (size + 1) + 1 + at] =
        (line[at] ?? 0) - guess(filter, line[at - step] ?? 0, above[at] ?? 0, above[at - step] ?? 0);
    above = line;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, kind, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(packed)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function guess(filter: number, left: number, up: number, corner: number): number {
  if (filter === 4) {
    const [byLeft, byUp, byCorner] = [left, up, corner].map((one) => Math.abs(left + up - corner - one)) as [
      number,
      number,
      number,
    ];
    return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
  }
  return [0, left, up, (left + up) >> 1][filter] ?? 0;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A row of numbers that look like chance and are the same each time. */
export function noise(seed = 7): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 24;
  };
}

/** A picture as people paste it, of about so many bytes: noise, which no packing makes smaller. */
export function aPicture(bytes = 3_000, seed?: number): Buffer {
  const next = noise(seed);
  const width = Math.max(8, Math.round(Math.sqrt(bytes / 3) * 1.25));
  return aPng({ width, height: Math.max(8, Math.round(bytes / 3 / width)) }, next);
}

/** A screenshot as a system makes it: large, see-through nowhere but stored as if it were, mostly flat, of about so many bytes. */
export function aScreenshot(bytes: number, seed?: number): Buffer {
  const next = noise(seed);
  const [width, height] = [1600, 1000];
  const noisy = bytes / 3 / width;
  return aPng({ width, height, kind: 6 }, (x, y, sample) => {
    if (sample === 3) return 255;
    if (y < noisy) return next();
    return ((y >> 4) + (x >> 6) + (seed ?? 0)) % 7 === 0 ? 40 + sample * 60 : 245;
  });
}
