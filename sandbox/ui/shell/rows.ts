/** A channel's messages as rows: days between them, one heading for what one person wrote in a row. */
import type { Message } from '../../wire.ts';

/** What stands above a message is part of its row: rows are known by their message, which stays when older ones come in. */
export type MessageRow = {
  kind: 'message';
  key: string;
  message: Message;
  follows: boolean;
  /** the first of its day: when */
  day?: number;
  /** the first that was not read */
  isNew: boolean;
};

export type Row = { kind: 'intro'; key: string } | MessageRow;

/** Slack writes the name again after five minutes. */
const togetherMs = 5 * 60_000;

const isPlain = ({ subtype, pinned, ephemeralFor }: Message) =>
  (subtype === undefined || subtype === 'file_share') && !pinned && !ephemeralFor;

const authorOf = ({ user, username }: Message) => `${user} ${username ?? ''}`;

function followsOn(message: Message, before: Message | undefined): boolean {
  if (!before || !isPlain(message) || !isPlain(before) || authorOf(message) !== authorOf(before)) return false;
  return (Number(message.ts) - Number(before.ts)) * 1000 < togetherMs;
}

type Options = {
  /** ts → a day in the viewer's zone */
  dayOf: (ms: number) => string;
  /** ts up to which was read before; nothing is marked as new without */
  readUpTo?: string | undefined;
  viewer: string;
  /** nothing is older than the first of these messages */
  isWhole: boolean;
};

export function rowsOf(messages: readonly Message[], { dayOf, readUpTo, viewer, isWhole }: Options): Row[] {
  const rows: Row[] = isWhole ? [{ kind: 'intro', key: 'intro' }] : [];
  let day = '';
  let before: Message | undefined;
  let newIsShown = readUpTo === undefined;
  for (const message of messages) {
    const at = Number(message.ts) * 1000;
    const today = dayOf(at);
    const isNew = !newIsShown && message.ts > (readUpTo ?? '') && message.user !== viewer;
    const begins = today !== day || isNew;
    rows.push({
      kind: 'message',
      key: message.ts,
      message,
      follows: !begins && followsOn(message, before),
      isNew,
      ...(today !== day && { day: at }),
    });
    newIsShown ||= isNew;
    day = today;
    before = message;
  }
  return rows;
}
