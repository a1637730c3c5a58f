/** What was begun and not sent, by place; kept while the window is open. */
import { signal } from '@preact/signals';

const drafts = new Map<string, string>();

export const draftKey = (channel: string, thread?: string) => (thread ? `${channel} ${thread}` : channel);
export const draftOf = (key: string): string => drafts.get(key) ?? '';

export function keepDraft(key: string, text: string) {
  if (text === '') drafts.delete(key);
  else drafts.set(key, text);
}

export const dropDrafts = () => drafts.clear();

/** Words put into a composer from elsewhere. */
export const handedIn = signal<{ key: string; text: string } | undefined>(undefined);
