import { createHmac, timingSafeEqual } from 'node:crypto';

/** Five minutes either way. https://docs.slack.dev/authentication/verifying-requests-from-slack */
const tolerance = 5 * 60;

export type SignatureProblem = 'missing' | 'clock-skew' | 'wrong';

/** Whether Slack sent these bytes: undefined means yes. `now` in milliseconds. */
export function signatureProblem(
  secret: string,
  raw: Uint8Array,
  { signature, timestamp }: { signature: string | undefined; timestamp: string | undefined },
  now: number,
): SignatureProblem | undefined {
  if (!signature || !timestamp || !/^\d{1,12}$/.test(timestamp)) return 'missing';
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(raw).digest();
  const given = Buffer.from(signature.replace(/^v0=/, ''), 'hex');
  if (!signature.startsWith('v0=') || given.length !== expected.length || !timingSafeEqual(given, expected))
    return 'wrong';
  // After the signature, so that a stranger learns nothing from trying times.
  return Math.abs(now / 1000 - Number(timestamp)) > tolerance ? 'clock-skew' : undefined;
}
