import { and, eq, gte, inArray, isNull, like, lt, or, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import type { Place } from '../incident/incident.ts';
import { batchesOf } from './batches.ts';
import { unindexMessages } from './message-words.ts';

/** Some messages, all that somebody said anywhere or in one incident, or all of an incident. */
export type Erasing = { places: readonly Place[] } | { author: string; incident?: string } | { incident: string };

/**
 * Takes the words out of messages, in the transaction of the caller: text, earlier texts, files, images, what they are found by, and
 * what deliveries hold of them. Gives how many there were of each incident.
 */
export async function erase(
  ctx: Ctx,
  which: Erasing,
  { by, at, limit }: { by: string; at: Date; limit: number },
): Promise<Map<string, number>> {
  const { messages, images } = ctx.t;
  const gone: (Place & { incident: string })[] = [];
  for (const condition of conditionsOf(ctx, which)) {
    const some = ctx.db
      .select({ channel: messages.channel, ts: messages.ts })
      .from(messages)
      .where(and(condition, isNull(messages.erasedAt)))
      .limit(limit);
    gone.push(
      ...(await ctx.db
        .update(messages)
        .set({ text: '', files: [], earlier: [], erasedAt: at, erasedBy: by })
        .where(sql`(${messages.channel}, ${messages.ts}) in (${some})`)
        .returning({ channel: messages.channel, ts: messages.ts, incident: messages.incident })),
    );
  }
  await unindexMessages(ctx, gone);
  for (const batch of batchesOf(gone))
    await ctx.db
      .delete(images)
      .where(or(...batch.map(({ channel, ts }) => and(eq(images.channel, channel), eq(images.ts, ts)))));
  await scrubDeliveries(ctx, gone);
  return counted(gone.map(({ incident }) => incident));
}

function conditionsOf({ t: { messages } }: Ctx, which: Erasing) {
  if (!('places' in which))
    return [
      and(
        'author' in which ? eq(messages.author, which.author) : undefined,
        which.incident === undefined ? undefined : eq(messages.incident, which.incident),
      ),
    ];
  return [...batchesOf(which.places)].map((batch) =>
    or(...batch.map(({ channel, ts }) => and(eq(messages.channel, channel), eq(messages.ts, ts)))),
  );
}

/** Of deliveries that hold a message: shortcuts on it, presses in it, and forms that were opened from it. Events are stored without words. */
const holders = ['shortcut', 'press', 'submit'];

/** What is kept of them says who did what, and where the answer goes; not what the message said. */
async function scrubDeliveries(ctx: Ctx, gone: readonly Place[]): Promise<void> {
  const { inbox } = ctx.t;
  for (const [channel, ts] of perChannel(gone)) {
    const rows = await ctx.db
      .select({ key: inbox.key, body: inbox.body })
      .from(inbox)
      .where(
        and(
          or(...holders.map((kind) => and(gte(inbox.key, `${kind}:`), lt(inbox.key, `${kind};`)))),
          eq(inbox.state, 'done'),
          like(sql`${inbox.body}${ctx.engine === 'pg' ? sql`::text` : sql``}`, `%${channel}%`),
        ),
      );
    for (const { key, body } of rows) {
      const text = JSON.stringify(body);
      if (!ts.some((one) => text.includes(one))) continue;
      const { message: _, view: __, ...rest } = body as Record<string, unknown>;
      await ctx.db
        .update(inbox)
        .set({ body: rest })
        .where(inArray(inbox.key, [key]));
    }
  }
}

function perChannel(places: readonly Place[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { channel, ts } of places) found.set(channel, [...(found.get(channel) ?? []), ts]);
  return found;
}

function counted(incidents: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const incident of incidents) found.set(incident, (found.get(incident) ?? 0) + 1);
  return found;
}
