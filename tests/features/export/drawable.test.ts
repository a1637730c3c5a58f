import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { drawablePicture } from '../../../src/features/export/drawable.ts';
import { aPicture, aPng, noise } from '../../support/a-picture.ts';

/** The samples of each line, without what is see-through: nothing is. `colours`: how many of each pixel. */
function samplesOf(bytes: Buffer | undefined, colours: number) {
  const { width, height, data } = PNG.sync.read(bytes ?? Buffer.alloc(0));
  const samples = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width * colours }, (_, at) => {
      const pixel = (y * width + Math.floor(at / colours)) * 4;
      expect(data[pixel + 3]).toBe(255);
      return data[pixel + (at % colours)];
    }),
  );
  return { width, height, samples };
}

describe('a picture for the library', () => {
  it.each([
    [6, 8],
    [6, 16],
    [4, 8],
    [4, 16],
  ] as const)('that is see-through (kind %i, %i bits) is made flat on white', (kind, bits) => {
    const next = noise();
    const colours = kind === 6 ? 3 : 1;
    const seen: number[][] = Array.from({ length: 10 }, () => []);
    // Of three pixels one is whole, one half, and one not there.
    const alphas = [255, 128, 0];
    const bytes = aPng({ width: 9, height: 10, kind, bits }, (x, y, sample) => {
      if (sample === colours) return alphas[x % 3] ?? 0;
      const at = x * colours + sample;
      const line = seen[y] as number[];
      line[at] ??= next();
      return line[at];
    });
    const expected = seen.map((line) =>
      line.map((sample, at) => {
        const alpha = alphas[Math.floor(at / colours) % 3] ?? 0;
        return Math.round((sample * alpha + 255 * (255 - alpha)) / 255);
      }),
    );
    const { width, height, samples } = samplesOf(drawablePicture(bytes), colours);
    expect({ width, height }).toEqual({ width: 9, height: 10 });
    // What sixteen bits become in eight is a matter of rounding.
    for (const [at, sample] of samples.flat().entries())
      expect(Math.abs((sample ?? 0) - (expected.flat()[at] ?? 0))).toBeLessThanOrEqual(bits === 16 ? 1 : 0);
  });

  it('of more pixels than paper shows is made smaller, each pixel the mean of those it stands for', () => {
    const bytes = aPng({ width: 2800, height: 4, kind: 0 }, (x) => (x % 4 < 2 ? 100 : 200) + (x % 2) * 20);
    const { width, height, samples } = samplesOf(drawablePicture(bytes), 1);
    expect({ width, height, line: samples[1]?.slice(0, 4) }).toEqual({
      width: 1400,
      height: 2,
      line: [110, 210, 110, 210],
    });
  });

  it('that is small and see-through nowhere stays as it is', () => {
    const bytes = aPicture();
    expect(drawablePicture(bytes)).toBe(bytes);
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
    expect(drawablePicture(jpeg)).toBe(jpeg);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['words', Buffer.from('no picture, and longer than the header of one would be')],
    ['one that ends too early', aPicture().subarray(0, -20)],
    ['one whose content is no picture', spoiled(aPng({ width: 40, height: 40, kind: 6 }, noise()))],
    ['one with fewer lines than it says', taller(aPng({ width: 40, height: 40, kind: 6 }, noise()))],
  ])('is not %s', (_, bytes) => {
    expect(drawablePicture(bytes)).toBeUndefined();
  });

  it('of more pixels than there is room for is not one', () => {
    const huge = aPng({ width: 1, height: 1, kind: 6 }, noise());
    huge.writeUInt32BE(10_000, 16);
    huge.writeUInt32BE(10_000, 20);
    const before = process.memoryUsage().arrayBuffers;
    expect(drawablePicture(huge)).toBeUndefined();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });
});

function spoiled(bytes: Buffer): Buffer {
  const at = bytes.indexOf('IDAT') + 8;
  return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(30, 0xff), bytes.subarray(at + 30)]);
}

function taller(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt32BE(41, 20);
  return changed;
}
