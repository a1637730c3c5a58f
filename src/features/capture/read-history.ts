import * as z from 'zod';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { Held, Impossible } from '../../outbox/failures.ts';
import type { Outside } from '../../slack/outside.ts';
import { SlackMessage } from '../../slack/said.ts';
import type { Captured, Reading } from '../../store/captures.ts';
import type { Tx } from '../../store/store.ts';
import { compare, type Known, threadsToRead } from './compare.ts';
import { fetchImagesOf } from './image.ts';
import { afterPage, afterReplies, left, tsOf } from './reading.ts';

/** Slack's largest page. Apps that are sold outside its marketplace get 15 whatever they ask for, and have to go on from there. */
const mostOnPage = 999;
/** Looking whether Slack has fallen silent is done by the hour: one page, and not a heavy one. */
const mostLookedAt = 200;
/** More than a page, so that also where many were deleted a page can be compared with what stood there. */
const mostCompared = 3_000;
/** Where Slack lets hardly anything be read, people's lost posts are looked up there too, and go first. Milliseconds. */
const headStart = 5_000;
/** What was said just now may not be in the history yet: that it is missing there says nothing. Milliseconds. */
const settleTime = 10_000;
/** A thread that was busy within this time before Slack fell silent may have been edited since. Milliseconds. */
const busyTime = 24 * 60 * 60_000;

const Payload = z.object({ channel: z.string(), incident: z.string() });

const Page = z.object({
  messages: z.array(z.unknown()),
  has_more: z.boolean().optional(),
  /** The plan of the workspace does not show older messages: that they are missing says nothing. */
  is_limited: z.boolean().optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional().catch(undefined),
});
type Page = z.infer<typeof Page>;

/** There is nothing to read for us. When the channel is back, so is the wish to read it. */
const closed = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'missing_scope',
  'channel_is_limited_access',
]);

/**
 * Reads one page of a channel's history or of one of its threads, and notes how far it got in the transaction that keeps what it found:
 * whoever goes on, after whatever end, goes on there. One call each time, so that people's work gets in between.
 */
export const readHistory = defineEffect('capture.read', Payload, {
  async run({ channel, incident }, outside: Outside): Promise<Done> {
    const captured = await outside.store.read((tx) => tx.captures.of(channel));
    if (!captured?.gaps.reading) return {};
    const { reading } = captured.gaps;
    try {
      const gaps = reading.surfaced
        ? await readThread(captured, reading, outside)
        : await readSurface(captured, reading, outside);
      return gaps.reading ? { next: [readingOf({ channel, incident, reading: gaps.reading })] } : {};
    } catch (error) {
      if (error instanceof Held) throw new Held(error.retryAfterMs + headStart, error.gate);
      const code = error instanceof Impossible ? error.code : undefined;
      if (code !== 'invalid_cursor' && !closed.has(code ?? '')) throw error;
      // A mark of Slack's that it no longer knows: from the last message on, or the thread once more.
      const { cursor: _, threadCursor: __, after: ___, ...rest } = reading;
      const again = code === 'invalid_cursor' ? { ...captured.gaps, reading: rest } : {};
      await outside.store.transact((tx) => tx.captures.setGaps(channel, again), 'soon');
      return code === 'invalid_cursor' ? { next: [readingOf({ channel, incident, reading: rest })] } : { result: code };
    }
  },
});

/** The next page of it. */
export const readingOf = ({ channel, incident, reading }: z.infer<typeof Payload> & { reading?: Reading }): Effect => ({
  kind: readHistory.kind,
  key: `capture-read:${channel}`,
  incident,
  payload: { channel, incident },
  lane: 'cosmetic',
  gate: reading?.surfaced ? 'conversations.replies' : 'conversations.history',
  orderKey: `capture:${channel}`,
});

function messagesOf({ messages }: Page): SlackMessage[] {
  return messages.flatMap((message) => SlackMessage.safeParse(message).data ?? []);
}

async function readSurface({ channel, incident }: Captured, reading: Reading, outside: Outside) {
  const { store, now } = outside;
  const settled = tsOf(new Date(now().getTime() - settleTime));
  const before = reading.below ?? settled;
  // A look is at the newest page, wherever what was told ends: there also stands what was edited, answered, or taken away.
  const downTo = reading.check ? undefined : reading.downTo;
  // Looked at before Slack is asked: what comes meanwhile cannot be missing in its answer.
  const stood = await store.read((tx) => tx.messages.standing(channel, { before, limit: mostCompared }));
  const answer = await outside.slack.call(
    'conversations.history',
    {
      channel,
      limit: reading.check ? mostLookedAt : mostOnPage,
      ...(downTo && { oldest: downTo }),
      ...(reading.cursor ? { cursor: reading.cursor } : reading.below && { latest: reading.below }),
    },
    Page,
  );
  const page = messagesOf(answer);
  const last = page.at(-1)?.ts;
  const cursor = answer.response_metadata?.next_cursor || undefined;
  const more = Boolean(answer.has_more || cursor);
  // What is older than the page was not asked for, or is not shown.
  const floor = more || answer.is_limited ? (last ?? before) : (downTo ?? '');
  const standing = stood.filter((ts) => ts > floor);
  const busySince = tsOf(new Date(Number(reading.since) * 1000 - busyTime));
  return store.transact(async (tx) => {
    const missing = await keepPage(tx, page, standing, { channel, incident }, outside);
    // What was said just now may be on its way to us.
    const found = missing.some((ts) => ts < settled);
    const known = await tx.messages.threads(
      channel,
      page.map(({ ts }) => ts),
    );
    const threads = threadsToRead(page, known, reading.check ? undefined : busySince);
    return advance(tx, channel, (now) => afterPage(now, { last, more, cursor, threads, found }), outside.now());
  }, 'soon');
}

async function readThread({ channel, incident }: Captured, reading: Reading, outside: Outside) {
  const { store, now } = outside;
  const [thread = ''] = reading.threads;
  const before = tsOf(new Date(now().getTime() - settleTime));
  const stood = await store.read((tx) => tx.messages.standing(channel, { thread, before, limit: mostCompared }));
  const answer = await outside.slack
    .call(
      'conversations.replies',
      { channel, ts: thread, limit: mostOnPage, ...(reading.threadCursor && { cursor: reading.threadCursor }) },
      Page,
    )
    .catch((error: unknown): Page => {
      // Nothing is left of it.
      if (error instanceof Impossible && error.code === 'thread_not_found') return { messages: [] };
      throw error;
    });
  const page = messagesOf(answer).filter(({ ts }) => ts !== thread);
  const last = page.at(-1)?.ts;
  const cursor = answer.response_metadata?.next_cursor || undefined;
  const more = cursor !== undefined;
  const standing = stood.filter((ts) => ts > (reading.after ?? '') && (!more || ts <= (last ?? '')));
  return store.transact(async (tx) => {
    const missing = await keepPage(tx, page, standing, { channel, incident }, outside);
    const found = missing.some((ts) => ts < before);
    return advance(tx, channel, (now) => afterReplies(now, { last, more, cursor, found }), outside.now());
  }, 'soon');
}

/** Gives the `ts` of what was said, edited or deleted and nobody had told us of. */
async function keepPage(
  tx: Tx,
  page: readonly SlackMessage[],
  standing: Known['standing'],
  where: { channel: string; incident: string },
  { policy, now, missedWishes }: Outside,
): Promise<string[]> {
  const { channel } = where;
  const marks = await tx.marks.on(page.map(({ ts }) => ({ channel, ts })));
  const found = compare(page, { standing, marks }, { ...where, now: now() });
  const fresh = new Set((await tx.messages.keep(found.said)).map(({ ts }) => ts));
  const edited = [];
  for (const edit of found.edits)
    if (!fresh.has(edit.message.ts) && (await tx.messages.edit(edit))) edited.push(edit.message);
  if (found.gone.length > 0) await tx.messages.erased(found.gone, 'slack', now());
  await tx.marks.add(found.marked);
  await tx.marks.remove(found.unmarked);
  const seen = [...found.said.filter(({ ts }) => fresh.has(ts)), ...edited];
  const wished = missedWishes([...found.marked, ...found.unmarked]);
  await tx.outbox.enqueue([...fetchImagesOf(seen, policy), ...wished], now());
  return [...seen, ...found.gone.filter(({ ts }) => standing.includes(ts))].map(({ ts }) => ts);
}

/** From where it stands now: somebody may have wished for more meanwhile. */
async function advance(tx: Tx, channel: string, go: (reading: Reading) => Reading, now: Date) {
  const captured = await tx.captures.of(channel);
  if (!captured?.gaps.reading) return {};
  const gaps = left({ ...captured.gaps, reading: go(captured.gaps.reading) }, tsOf(now));
  await tx.captures.setGaps(channel, gaps);
  if (!gaps.reading) await tx.captures.heard(channel, captured.incident, now);
  return gaps;
}
