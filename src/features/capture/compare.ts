import { isByMachine, isTombstone, type SlackMessage, timeOf, toMessage } from '../../slack/said.ts';
import { type Mark, pinned } from '../../store/marks.ts';
import type { Edit, Message } from '../../store/messages.ts';

/** What is known already of what a page shows. */
export interface Known {
  /** The `ts` of messages that stood here before Slack was asked, of the stretch that the page covers. */
  standing: readonly string[];
  marks: readonly Mark[];
}

/** What has to be done so that the record says what Slack says now. */
export interface Differences {
  said: Message[];
  edits: Edit[];
  gone: Message[];
  marked: Mark[];
  unmarked: Mark[];
}

interface Where {
  channel: string;
  incident: string;
  now: Date;
}

/** Pure: a page of Slack's against what is kept. */
export function compare(page: readonly SlackMessage[], known: Known, where: Where): Differences {
  const there = page.filter((message) => !isTombstone(message));
  const said = there.map((message) => toMessage(message, where.channel, where.incident));
  const present = new Set(there.map(({ ts }) => ts));
  const missing = known.standing.filter((ts) => !present.has(ts));
  const tombs = page.filter(isTombstone).map(({ ts }) => ts);
  const marks = differentMarks(there, known.marks, where);
  return {
    said,
    edits: there.flatMap((message, index) => {
      const now = said[index];
      return now && message.edited
        ? [{ message: now, at: timeOf(message.edited.ts), forget: isByMachine(message) }]
        : [];
    }),
    gone: [...new Set([...missing, ...tombs])].map((ts) => bare(ts, where)),
    ...marks,
  };
}

const bare = (ts: string, { channel, incident }: Where): Message => ({
  channel,
  ts,
  incident,
  author: '',
  kind: 'said',
  text: '',
  files: [],
  earlier: [],
});

function differentMarks(page: readonly SlackMessage[], known: readonly Mark[], { channel, incident, now }: Where) {
  const marked: Mark[] = [];
  const unmarked: Mark[] = [];
  for (const message of page) {
    const had = known.filter(({ ts }) => ts === message.ts);
    const has = marksOn(message, channel, incident, now);
    const isThere = (mark: Mark, among: readonly Mark[]) =>
      among.some(({ name, person }) => name === mark.name && (mark.name === pinned || person === mark.person));
    marked.push(...has.filter((mark) => !isThere(mark, had)));
    // Of a reaction of many people Slack names only some of them.
    const partly = new Set(
      message.reactions?.flatMap(({ name, users, count }) => (users.length < count ? [name] : [])),
    );
    const gone = had.filter((mark) => !isThere(mark, has) && !partly.has(mark.name));
    unmarked.push(...gone.map((mark) => ({ ...mark, at: now })));
  }
  return { marked, unmarked };
}

function marksOn(message: SlackMessage, channel: string, incident: string, at: Date): Mark[] {
  const place = { channel, ts: message.ts, incident, at };
  const reactions = (message.reactions ?? []).flatMap(({ name, users }) =>
    users.map((person) => ({ ...place, name, person })),
  );
  const isPinned = message.pinned_to?.includes(channel);
  return isPinned
    ? [...reactions, { ...place, name: pinned, person: message.pinned_info?.pinned_by ?? '' }]
    : reactions;
}

/** A thread whose replies are not those we have, or that was busy since Slack may not have told everything. */
export function threadsToRead(
  page: readonly SlackMessage[],
  known: ReadonlyMap<string, { count: number; latest: string }>,
  busySince: string | undefined,
): string[] {
  return page.flatMap(({ ts, reply_count: count = 0, latest_reply: latest = '' }) => {
    const had = known.get(ts) ?? { count: 0, latest: '' };
    const same = had.count === count && (count === 0 || had.latest === latest);
    return !same || (busySince !== undefined && count > 0 && latest >= busySince) ? [ts] : [];
  });
}
