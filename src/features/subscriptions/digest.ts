import * as z from 'zod';
import type { Place } from '../../incident/incident.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import { directChannel } from '../../slack/answer.ts';
import { findPost, send } from '../../slack/messages.ts';
import type { Outside } from '../../slack/outside.ts';
import type { Reader } from '../../store/store.ts';
import { gone, maySee } from './message.ts';
import { type DigestLine, digestMessage } from './views.ts';

/** From so many running at once on, who follows everything gets one message about all of them. */
export const digestFrom = 3;

const Payload = z.object({ person: z.string() });

type Row = Awaited<ReturnType<Reader['followers']['digest']>>[number];

const rowsOf = (outside: Outside, person: string, ts: string | null): Promise<Row[]> =>
  outside.store.read((tx) => tx.followers.digest(person, ts));

async function linesOf(outside: Outside, rows: Row[]): Promise<DigestLine[]> {
  const lines: DigestLine[] = [];
  for (const { follower, incident } of rows) {
    const seen = follower.state !== 'lost' && (await maySee(outside, incident, follower));
    lines.push({ incident, follows: !seen ? 'lost' : follower.state });
  }
  return lines;
}

/** A digest that runs takes the line in; without one a new one begins. */
export const sendDigest = defineEffect('followers.digest', Payload, {
  async run({ person }, outside: Outside, attempt): Promise<Done> {
    const running = await outside.store.read((tx) => tx.followers.runningDigest(person));
    if (running) return placed(outside, person, running);
    const lines = await linesOf(outside, await rowsOf(outside, person, null));
    if (lines.length === 0) return {};
    const post = { channel: person, ...digestMessage(lines, outside.policy) };
    return unlessGone(outside, person, async () => placed(outside, person, await send(post, outside, attempt)));
  },
  async find({ person }, outside, attempt) {
    const seen = await outside.store.read((tx) => tx.ownPosts.find(attempt.id));
    const at = seen ?? (await findPost({ channel: await directChannel(outside, person), text: '' }, outside, attempt));
    return at && placed(outside, person, at);
  },
});

/** The edit brings in what was caught while the message was on its way. */
async function placed(outside: Outside, person: string, { channel, ts }: Place): Promise<Done> {
  await outside.store.transact((tx) => tx.followers.digestPlaced(person, { channel, ts }));
  return { result: { channel, ts }, next: [digestEdit(person, { channel, ts })] };
}

export const editDigest = defineEffect(
  'followers.digest-edit',
  Payload.extend({ channel: z.string(), ts: z.string() }),
  {
    whenUnknown: 'overwrite',
    async run({ person, channel, ts }, outside: Outside) {
      const lines = await linesOf(outside, await rowsOf(outside, person, ts));
      if (lines.length === 0) return {};
      return unlessGone(outside, person, async () => {
        await outside.slack.call('chat.update', { channel, ts, ...digestMessage(lines, outside.policy) });
        const hidden = lines.filter(({ follows }) => follows === 'lost').map(({ incident }) => incident.id);
        // Lost only once it is said: until then each change tries to say it.
        await outside.store.transact(async (tx) => {
          for (const id of hidden) await tx.followers.put(id, person, { state: 'lost' });
        });
        return {};
      });
    },
  },
);

async function unlessGone(outside: Outside, person: string, work: () => Promise<Done>): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Impossible && gone.has(error.code))) throw error;
    await outside.store.transact((tx) => tx.followers.stopAll(person));
    return {};
  }
}

export const digestFor = (person: string, runAt?: Date): Effect => ({
  kind: sendDigest.kind,
  key: `digest:${person}`,
  payload: { person },
  lane: 'cosmetic',
  gate: `chat.postMessage:${person}`,
  orderKey: `digest:${person}`,
  ...(runAt && { runAt }),
});

export const digestEdit = (person: string, { channel, ts }: Place, runAt?: Date): Effect => ({
  kind: editDigest.kind,
  key: `digest-edit:${channel}:${ts}`,
  payload: { person, channel, ts },
  lane: 'cosmetic',
  gate: 'chat.update',
  orderKey: `digest-edit:${channel}:${ts}`,
  ...(runAt && { runAt }),
});
