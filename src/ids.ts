import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
let lastTime = 0;
let counter = 0;

/**
 * A ULID in lower case: 48 bits of time, 16 that count within a millisecond, 64 of chance. Sorts by the time it was made, in one
 * process strictly, so rows written one after the other stay in order.
 */
export function newId(prefix: string): string {
  const time = Math.max(Date.now(), lastTime);
  counter = time === lastTime ? counter + 1 : 0;
  lastTime = time;
  const bits = (BigInt(time) << 80n) | (BigInt(counter & 0xffff) << 64n) | randomBytes(8).readBigUInt64BE();
  let text = '';
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += alphabet[Number((bits >> shift) & 31n)];
  return `${prefix}_${text}`;
}
