import type { Policy } from '../../policy.ts';
import type { Message } from '../../store/messages.ts';
import type { Tx } from '../../store/store.ts';
import { fetchImagesOf } from './image.ts';
import { heardOf } from './plan.ts';
import { channelTold, readTold, type Told } from './told.ts';

interface WithEvent {
  body: unknown;
}

const eventOf = ({ body }: WithEvent): unknown => (body as { event?: unknown } | undefined)?.event;

/**
 * Keeps what was said, in the transaction that stores the deliveries and in their order: so it is there before Slack is told that it
 * arrived, and once, whatever is repeated and whenever the power goes.
 */
export async function keepLive(
  tx: Tx,
  deliveries: readonly WithEvent[],
  { policy, now }: { policy: Policy; now: Date },
): Promise<void> {
  const events = deliveries.flatMap((delivery) => {
    const event = eventOf(delivery);
    const channel = channelTold(event);
    return channel === undefined ? [] : [{ event, channel }];
  });
  if (events.length === 0) return;
  const incidents = await tx.captures.incidentsOf([...new Set(events.map(({ channel }) => channel))]);
  const told = events.flatMap(({ event, channel }) => {
    const incident = incidents.get(channel);
    return incident === undefined ? [] : (readTold(event, incident) ?? []);
  });
  if (told.length === 0) return;
  const fresh = await keepTold(tx, told);
  await tx.outbox.enqueue(fetchImagesOf(fresh, policy), now);
  await heardOf(tx, incidents, now);
}

/** What is new, or reads anew. Messages that come one after the other are kept together. */
export async function keepTold(tx: Tx, told: readonly Told[]): Promise<Message[]> {
  const fresh: Message[] = [];
  let waiting: Message[] = [];
  const keepWaiting = async () => {
    const kept = new Set((await tx.messages.keep(waiting)).map(({ channel, ts }) => `${channel}:${ts}`));
    fresh.push(...waiting.filter(({ channel, ts }) => kept.delete(`${channel}:${ts}`)));
    waiting = [];
  };
  for (const one of told) {
    if (one.what === 'said') {
      waiting.push(one.message);
      continue;
    }
    if (waiting.length > 0) await keepWaiting();
    const changed = await change(tx, one);
    if (changed) fresh.push(changed);
  }
  if (waiting.length > 0) await keepWaiting();
  return fresh;
}

async function change(tx: Tx, told: Exclude<Told, { what: 'said' }>): Promise<Message | undefined> {
  switch (told.what) {
    case 'edited':
      return (await tx.messages.edit(told.edit)) ? told.edit.message : undefined;
    case 'deleted':
      await tx.messages.erased([told.message], 'slack', told.at);
      return undefined;
    case 'marked':
      await tx.marks.add([told.mark]);
      return undefined;
    case 'unmarked':
      await tx.marks.remove([told.mark]);
      return undefined;
    case 'unpinned':
      await tx.marks.unpin(told.place, told.at);
      return undefined;
  }
}
