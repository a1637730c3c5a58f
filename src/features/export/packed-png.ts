/** What a PDF needs of a PNG whose pixels it takes as they are packed. */
export interface PackedPng {
  width: number;
  height: number;
  /** Of each sample. */
  bits: number;
  /** Samples of each pixel: 1 of grey or of a list of colours, 3 of red, green and blue. */
  samples: 1 | 3;
  /** Three bytes for each colour. */
  palette?: Buffer;
  pixels: Buffer;
}

interface Chunk {
  name: string;
  content: Buffer;
  /** Of the name and the content, as its maker reckoned it. */
  sum: number;
}

const signature = 0x89504e47;

/** Grey, colour, and a list of colours. https://www.w3.org/TR/png-3/#3colourType */
const samplesOf: Record<number, 1 | 3> = { 0: 1, 2: 3, 3: 1 };

/** Undefined where the pixels must be unpacked first: some are see-through, or they come interlaced. And where it is no whole PNG. */
export function packedPng(bytes: Buffer): PackedPng | undefined {
  if (bytes.length < 33 || bytes.readUInt32BE(0) !== signature) return undefined;
  const [bits = 0, kind = 0, interlaced] = [bytes[24], bytes[25], bytes[28]];
  const samples = samplesOf[kind];
  if (!samples || interlaced !== 0) return undefined;
  const packed: Buffer[] = [];
  let palette: Buffer | undefined;
  let isWhole = false;
  for (const { name, content } of chunksOf(bytes)) {
    if (name === 'tRNS') return undefined;
    if (name === 'PLTE') palette = content;
    if (name === 'IDAT') packed.push(content);
    if (name === 'IEND') isWhole = true;
  }
  if (!isWhole || packed.length === 0 || (kind === 3 && !palette)) return undefined;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return { width, height, bits, samples, pixels: Buffer.concat(packed), ...(kind === 3 && palette && { palette }) };
}

/** The parts of a PNG one after the other, each: its length, four letters, what is in it, and a sum of four bytes. */
export function* chunksOf(bytes: Buffer): Generator<Chunk> {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at);
    if (end + 4 > bytes.length) return;
    const name = bytes.toString('latin1', at + 4, at + 8);
    yield { name, content: bytes.subarray(at + 8, end), sum: bytes.readUInt32BE(end) };
    at = end + 4;
  }
}
