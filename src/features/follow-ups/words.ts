import { type Asked as AskedOfTask, readTask } from '../tasks/words.ts';

export type Asked =
  | AskedOfTask
  | { what: 'drop'; number: number; reason: string }
  /** Somebody keeps it in a tracker. */
  | { what: 'ticket'; number: number; url: string };

/** What was typed after `/incident followup`: as after `task`, and besides why one is dropped and where its ticket is. */
export function readFollowUp(typed: string, mentions: string[]): Asked {
  const text = typed.trim();
  const [, dropped, reason = ''] = /^drop\s+#?(\d{1,6})[:,]?\s+([\s\S]+)$/i.exec(text) ?? [];
  if (dropped) return { what: 'drop', number: Number(dropped), reason: reason.replace(/^because\s+/i, '') };
  const [, of, url] = /^#?(\d{1,6})\s+(https?:\/\/\S+)$/i.exec(text) ?? [];
  if (of && url) return { what: 'ticket', number: Number(of), url };
  return readTask(text, mentions);
}

/** `ABC-123` of `https://tracker.example/browse/ABC-123`. */
export function ticketAt(url: string): { tracker: string; key: string; url: string } | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname } = new URL(url);
  const [last = hostname] = pathname.split('/').filter(Boolean).slice(-1);
  return { tracker: hostname, key: last.slice(0, 60).toWellFormed(), url };
}
