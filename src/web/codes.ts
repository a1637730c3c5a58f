import { randomInt } from 'node:crypto';
import type { SignIn } from '../store/sign-ins.ts';
import { minutes } from '../time.ts';
import { sha256 } from './secrets.ts';

/** Letters and digits that nobody takes for others. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const length = 16;
export const codeLives = minutes(15);

/** 80 bits of chance, in groups that people can read out: ABCD-EFGH-JKLM-NPQR. */
export function newCode(): string {
  const letters = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  return letters.replace(/(.{4})(?!$)/g, '$1-');
}

/** As it was typed, with or without dashes and capitals. */
export const hashOfCode = (typed: string): string => sha256(`code:${typed.toUpperCase().replace(/[^A-Z0-9]/g, '')}`);

export const codeFor = (person: string, code: string, now: Date): SignIn => ({
  hash: hashOfCode(code),
  how: 'code',
  body: { person },
  until: new Date(now.getTime() + codeLives),
});
