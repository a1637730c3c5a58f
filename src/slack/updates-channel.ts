import * as z from 'zod';
import { Impossible } from '../outbox/failures.ts';
import type { Slack } from './api.ts';

const Page = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
  response_metadata: z.object({ next_cursor: z.string() }).partial().optional(),
});

/**
 * The id of the channel the policy names: looked up among the channels the bot is in, once, and kept. A name that is not among
 * them is asked for again at the next use, since somebody may have invited the bot meanwhile.
 */
export function createUpdatesChannel(slack: Slack, named: string): () => Promise<string> {
  let known: string | undefined = named.startsWith('#') ? undefined : named;
  return async () => {
    known ??= await find(slack, named.slice(1));
    if (!known) throw new Impossible('not_in_channel', `the bot is not in ${named}`);
    return known;
  };
}

async function find(slack: Slack, name: string): Promise<string | undefined> {
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: z.infer<typeof Page> = await slack.call(
      'users.conversations',
      { types: 'public_channel', exclude_archived: true, limit: 200, ...(cursor && { cursor }) },
      Page,
    );
    const found = page.channels.find((channel) => channel.name === name);
    if (found) return found.id;
    cursor = page.response_metadata?.next_cursor || undefined;
  }
  return undefined;
}
