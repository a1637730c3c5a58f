import type { Message as Shown } from '../../sandbox/wire.ts';
import { pinned } from '../../src/store/marks.ts';
import type { Message } from '../../src/store/messages.ts';
import { eventually } from './eventually.ts';
import type { Room } from './room.ts';
import type { Story } from './story.ts';

/** What is kept of the one incident, in the order of the record. */
export const kept = ({ read }: Story): Promise<Message[]> =>
  read(async (tx) => {
    const [incident] = await tx.incidents.list();
    return incident ? tx.messages.of(incident.id, { limit: 10_000 }) : [];
  });

/** What Slack has, in the words of the record. */
function asKept({ ts, text, user, deleted, thread_ts: thread, files = [] }: Shown) {
  const reply = thread && thread !== ts ? thread : undefined;
  if (deleted) return { ts, thread: reply, erased: true, text: '' };
  return { ts, thread: reply, erased: false, author: user, text, files: files.map(({ name }) => name) };
}

function asShown({ ts, text, author, erasedAt, thread, files }: Message) {
  if (erasedAt) return { ts, thread, erased: true, text };
  return { ts, thread, erased: false, author, text, files: files.map(({ name }) => name) };
}

const marksOf = (messages: Shown[]) =>
  messages
    .filter(({ deleted }) => !deleted)
    .flatMap(({ ts, pinned: isPinned, reactions = [] }) => [
      ...(isPinned ? [`${ts} ${pinned}`] : []),
      ...reactions.flatMap(({ name, users }) => users.map((user) => `${ts} ${name} ${user}`)),
    ])
    .toSorted();

/** Waits until the record says what Slack says, message by message: all of it, once, in Slack's order. */
export async function isComplete(told: Story, room: Room): Promise<Message[]> {
  const differences = async () => {
    const slack = (await told.slack.messages(room.id, { deleted: true })).filter(({ ephemeralFor }) => !ephemeralFor);
    const record = await kept(told);
    // A message that came and went while nobody listened was never known.
    const known = new Set(record.map(({ ts }) => ts));
    const wanted = slack.filter(({ ts, deleted }) => !deleted || known.has(ts));
    const marks = await told.read(async (tx) => {
      const [incident] = await tx.incidents.list();
      return (await tx.marks.of(incident?.id ?? ''))
        .filter(({ ts }) => wanted.some((message) => message.ts === ts && !message.deleted))
        .map(({ ts, name, person }) => (name === pinned ? `${ts} ${name}` : `${ts} ${name} ${person}`))
        .toSorted();
    });
    const [is, should] = [record.map(asShown), wanted.map(asKept)].map((all) => all.map((one) => JSON.stringify(one)));
    return {
      record,
      wrong: [
        ...(is ?? []).filter((one) => !should?.includes(one)).map((one) => `kept: ${one}`),
        ...(should ?? []).filter((one) => !is?.includes(one)).map((one) => `in Slack: ${one}`),
        ...(JSON.stringify(marks) === JSON.stringify(marksOf(wanted)) ? [] : [`${marks} for ${marksOf(wanted)}`]),
        ...(is?.join() === should?.join() ? [] : ['more, fewer, or in another order']),
      ],
    };
  };
  return eventually(
    'the record to be complete',
    async () => {
      const { record, wrong } = await differences();
      return wrong.length === 0 ? record : undefined;
    },
    { within: 15_000, seen: async () => (await differences()).wrong.join('\n') },
  );
}

/** Everything people do in a channel. */
export async function peopleTalk(
  { ana, ben }: Story,
  room: Room,
  before?: Shown,
): Promise<{ first: Shown; parent: Shown }> {
  const at = { channel: room.id };
  const say = (text: string) => ana.self().say(text, at);
  if (!before) await ben.self().join(room.id);
  const first = await say('the queue is full');
  const edited = await ben.self().say('restarting the broker', at);
  await ben.self().edit({ ...at, ts: edited.ts }, 'restarting broker 3 only');
  const gone = await say('the password is hunter2');
  await ana.self().delete({ ...at, ts: gone.ts });
  const parent = await say('who looks at the database?');
  await ben.self().say('I do', { ...at, thread: parent.ts });
  await ana.self().say('thanks', { ...at, thread: parent.ts });
  await ben.self().react('eyes', { ...at, ts: first.ts });
  await ana.self().react('eyes', { ...at, ts: first.ts });
  await ana.self().unreact('eyes', { ...at, ts: first.ts });
  await ben.self().pin({ ...at, ts: parent.ts });
  if (before) {
    await ana.self().edit({ ...at, ts: before.ts }, 'the queue was full');
    await ben.self().unreact('eyes', { ...at, ts: before.ts });
  }
  return { first, parent };
}
