import { z } from 'zod';
import { postTo, responseUrl } from './answer.ts';
import type { Arrival, Kind } from './deliveries.ts';

const notStored =
  'I could not write this down, so nothing was done. Please try again in a minute; if it goes on, tell whoever runs Tocsin that its database does not take writes.';

/** An honest word to the person when a delivery could not be stored. An event gets none: without an acknowledgement Slack sends it again. */
export async function couldNotStore(arrival: Arrival): Promise<void> {
  const payload = answerFor(arrival, notStored);
  if (payload) return arrival.ack(payload);
  if (arrival.kind === 'event') return;
  const url = responseUrl(arrival.body);
  await arrival.ack();
  // The only way left: the outbox cannot be written either.
  if (url)
    await postTo(url, { response_type: 'ephemeral', replace_original: false, text: notStored }).catch(() => undefined);
}

/** What to acknowledge with when the work on a delivery failed. */
export function wentWrong(delivery: { kind: Kind; body: unknown }, last: boolean): unknown {
  const sentence = last
    ? 'Something went wrong on my side and I could not do this. Please try once more; if it happens again, tell whoever runs Tocsin.'
    : 'Something went wrong on my side. I have this and am trying again; I will answer here.';
  return answerFor(delivery, sentence);
}

function answerFor({ kind, body }: { kind: Kind; body: unknown }, sentence: string): unknown {
  if (kind === 'command') return { response_type: 'ephemeral', text: sentence };
  if (kind === 'submit') return { response_action: 'errors', errors: { [firstField(body)]: sentence } };
  return undefined;
}

const Submission = z.object({
  view: z.object({ blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })) }),
});

/** Errors are shown under a field; the first one is where a person looks first. */
function firstField(body: unknown): string {
  const blocks = Submission.safeParse(body).data?.view.blocks ?? [];
  return blocks.find((block) => block.type === 'input')?.block_id ?? '';
}
