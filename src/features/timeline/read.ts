import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { type Entry, placeKey, timelineOf } from '../../incident/timeline.ts';
import type { FileRef, Message } from '../../store/messages.ts';
import type { Reader } from '../../store/store.ts';
import { plainOf } from './plain.ts';
import { momentWords, type Names, wordsOf } from './words.ts';

/** An entry as people read it. */
export interface Line extends Entry {
  /** Plain text, of any length; whoever shows it escapes it. People are `@name`, or `@U012` where nobody gave a name. */
  text: string;
  /** Who said the message that it is. */
  author?: string;
  /** What was put into the channel with the message. */
  files: FileRef[];
  /** What the message said was erased; `text` says that it was. */
  erased?: boolean;
}

/** The whole timeline, oldest first, hidden entries among the others. */
export async function readTimeline(tx: Reader, incident: Incident, names: Names = {}): Promise<Line[]> {
  const entries = timelineOf(await tx.record.of(incident.id));
  const said = await tx.messages.at(entries.flatMap(({ source }) => source ?? []));
  const messages = new Map(said.map((message) => [placeKey(message), message]));
  const called = { ...(await calledIn(tx, incident)), ...names };
  return entries.map((entry) => lineOf(entry, entry.source && messages.get(placeKey(entry.source)), called));
}

function lineOf(entry: Entry, message: Message | undefined, names: Names): Line {
  const erased = message?.erasedAt !== undefined;
  return {
    ...entry,
    text: entry.text ?? given(entry, message, names),
    files: message && !erased ? message.files : [],
    ...(message && { author: message.author }),
    ...(erased && { erased }),
  };
}

function given({ event, moment }: Entry, message: Message | undefined, names: Names): string {
  if (moment) return momentWords(moment);
  if (event) return wordsOf(event, names);
  if (!message) return 'A message that is not kept here';
  if (message.erasedAt) return 'A message that was erased';
  return plainOf(message.text, names) || (message.files.length > 0 ? 'A file' : 'A message without words');
}

const name = z.object({ name: z.string() });
const Called = z.object({
  severities: z.record(z.string(), name),
  roles: z.record(z.string(), name),
  journeys: z.record(z.string(), name).default({}),
});

/** What the policy of the incident calls things. */
async function calledIn(tx: Reader, { policyVersion }: Incident): Promise<Names> {
  return Called.safeParse(await tx.policies.load(policyVersion)).data ?? {};
}
