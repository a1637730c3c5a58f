import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** 256 bits of chance. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** How long the comparison takes says nothing of where the two differ. */
export const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(one)), Buffer.from(sha256(other)));

/** Follows from what the cookie holds, which no other site can read; nothing follows from it. */
export const formToken = (cookie: string): string => sha256(`form:${cookie}`);
