/**
 * A picture that is nothing but grey, with a comment in it, of two bits for each 8 by 8 pixels: its only codes are "as light as the
 * one before" and "nothing else". https://www.w3.org/Graphics/JPEG/itu-t81.pdf
 */
export function greyJpeg({ width, height }: { width: number; height: number }, comment: string): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  const bits = Math.ceil(width / 8) * Math.ceil(height / 8) * 2;
  const blocks = Buffer.alloc(Math.ceil(bits / 8));
  // What is left of the last byte is filled with ones.
  if (bits % 8 > 0) blocks[blocks.length - 1] = 0xff >> (bits % 8);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    part(0xfe, Buffer.from(comment, 'latin1')),
    part(0xdb, Buffer.alloc(65, 1).fill(0, 0, 1)),
    part(0xc0, frame),
    part(0xc4, oneCode(0x00)),
    part(0xc4, oneCode(0x10)),
    part(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    blocks,
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A table that has one code of one bit, which says zero. */
const oneCode = (table: number) => Buffer.from([table, 1, ...Array<number>(15).fill(0), 0]);

function part(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}
