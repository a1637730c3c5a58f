import { PNG } from 'pngjs';

/** How much of a picture paper shows, three dots for each point that it is drawn at (`pdf-blocks.ts`). Pixels. */
const shown = { width: 1371, height: 840 };
/** Unpacked a pixel takes four bytes, for a moment twice: what is larger stays a link. Pixels. */
const most = 40_000_000;

const isPng = (bytes: Buffer) => bytes.length > 33 && bytes.readUInt32BE(0) === 0x89504e47;

/** Has a channel for it, or a list of colours that are. Where these four letters stand for something else, nothing is lost. */
const isSeeThrough = (bytes: Buffer) => (bytes[25] ?? 0) >= 4 || bytes.includes('tRNS');

/**
 * A picture as the library takes it, whatever its type says: JPEG as it is, PNG with what is see-through on white, and one of far more
 * pixels than paper shows made smaller, since the library unpacks all of them at once. Undefined when it is neither, or broken; a
 * broken one must not cost the whole document.
 */
export function drawablePicture(bytes: Buffer): Buffer | undefined {
  if (bytes.length > 2 && bytes.readUInt16BE(0) === 0xffd8) return bytes;
  if (!isPng(bytes) || !bytes.subarray(-64).includes('IEND')) return undefined;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (width * height > most) return undefined;
  const by = Math.max(1, Math.floor(Math.max(width / shown.width, height / shown.height)));
  if (by === 1 && !isSeeThrough(bytes)) return bytes;
  try {
    const white = { red: 255, green: 255, blue: 255 };
    return PNG.sync.write(smaller(PNG.sync.read(bytes), by), { colorType: 2, bgColor: white });
  } catch {
    return undefined;
  }
}

/** Each pixel is the mean of a square of so many by so many. */
function smaller(picture: PNG, by: number): PNG {
  if (by === 1) return picture;
  const made = new PNG({ width: Math.floor(picture.width / by), height: Math.floor(picture.height / by) });
  for (let y = 0; y < made.height; y++)
    for (let at = 0; at < made.width * 4; at++) {
      const [pixel, sample] = [Math.floor(at / 4), at % 4];
      let sum = 0;
      for (let down = 0; down < by; down++)
        for (let right = 0; right < by; right++)
          sum += picture.data[((y * by + down) * picture.width + pixel * by + right) * 4 + sample] ?? 0;
      made.data[y * made.width * 4 + at] = Math.round(sum / by ** 2);
    }
  return made;
}
