import * as z from 'zod';
import { postTo, responseUrl } from './answer.ts';
import type { Arrival, Kind } from './deliveries.ts';

const notStored =
  'I could not write this down, so nothing was done. Please try again in a minute; if it goes on, tell whoever runs Tocsin that its database does not take writes.';
const tryingAgain = 'Something went wrong on my side. I have this and am trying again; I will answer here.';
const gaveUp =
  'Something went wrong on my side and I could not do this. Please try once more; if it happens again, tell whoever runs Tocsin.';

/**
 * An honest word to the person when a delivery could not be stored. Where there is no way to say it there is no acknowledgement: Slack
 * sends an event again, and shows an error for the rest.
 */
export async function couldNotStore(arrival: Arrival): Promise<void> {
  const payload = answerFor(arrival, notStored);
  if (payload) return arrival.ack(payload);
  const url = arrival.kind === 'press' || arrival.kind === 'shortcut' ? responseUrl(arrival.body) : undefined;
  if (!url) return;
  await arrival.ack();
  // The only way left: the outbox cannot be written either.
  await postTo(url, { response_type: 'ephemeral', replace_original: false, text: notStored }).catch(() => undefined);
}

/** What to say when the work on a delivery failed: in its acknowledgement, and to whoever had one already. */
export function wentWrong(
  delivery: { kind: Kind; body: unknown },
  last: boolean,
): { answer?: unknown; after?: { text: string } } {
  const answer = answerFor(delivery, last ? gaveUp : tryingAgain);
  if (answer) return { answer };
  const pressed = delivery.kind === 'press' || delivery.kind === 'shortcut';
  return pressed && last ? { after: { text: gaveUp } } : {};
}

function answerFor({ kind, body }: { kind: Kind; body: unknown }, sentence: string): unknown {
  if (kind === 'command') return { response_type: 'ephemeral', text: sentence };
  const field = kind === 'submit' && firstField(body);
  return field ? { response_action: 'errors', errors: { [field]: sentence } } : undefined;
}

const Submission = z.object({
  view: z.object({ blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })) }),
});

/** Errors are shown under a field; the first one is where a person looks first. */
function firstField(body: unknown): string | undefined {
  const blocks = Submission.safeParse(body).data?.view.blocks ?? [];
  return blocks.find((block) => block.type === 'input')?.block_id;
}
