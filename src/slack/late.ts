import * as z from 'zod';
import { answerTo, tellPerson } from './answer.ts';
import type { Kind } from './deliveries.ts';
import type { Inside } from './inside.ts';

const Said = z.object({ text: z.string() });
const Refused = z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) });
const Submission = z.object({ user: z.object({ id: z.string() }) });

/**
 * A delivery taken up after a restart, or answered too slowly, has nobody waiting for its acknowledgement. The answer goes by its
 * `response_url`; what a form would have said under its fields goes by direct message, because the form is gone.
 */
export async function answerLate(
  { key, kind, body }: { key: string; kind: Kind; body: unknown },
  payload: unknown,
  inside: Inside,
): Promise<void> {
  const said = Said.safeParse(payload);
  if (kind !== 'submit') return said.success ? inside.enqueue([answerTo(key, said.data)]) : undefined;

  const refused = Refused.safeParse(payload);
  const from = Submission.safeParse(body);
  if (!from.success) return;
  const reason = refused.success
    ? Object.values(refused.data.errors).join(' ')
    : 'Please look at it once more before you send it.';
  const text = `I could not answer in time when you sent a form, and did not do what it asks. ${reason} Please open it again.`;
  await inside.enqueue([tellPerson(from.data.user.id, key, { text })]);
}
