import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../secret.ts';

export type SignatureProblem = 'missing' | 'wrong';

/**
 * Whether PagerDuty sent these bytes: undefined means yes. While a secret is replaced there are several signatures, and we have several
 * secrets: one match is enough. https://developer.pagerduty.com/docs/verifying-webhook-signatures
 */
export function signatureProblem(
  secrets: readonly Secret[],
  raw: Uint8Array,
  header: string | undefined,
): SignatureProblem | undefined {
  const given = (header ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part.startsWith('v1='))
    .map((part) => (/^v1=[0-9a-f]{64}$/i.test(part) ? Buffer.from(part.slice('v1='.length), 'hex') : Buffer.alloc(0)));
  if (given.length === 0) return 'missing';
  const expected = secrets.map((one) => createHmac('sha256', one.reveal()).update(raw).digest());
  // Every pair is compared, so that the time taken says nothing about which one matched.
  const matches = expected.flatMap((own) =>
    given.map((other) => other.length === own.length && timingSafeEqual(own, other)),
  );
  return matches.includes(true) ? undefined : 'wrong';
}
