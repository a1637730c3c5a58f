/** response_url: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
import type { Clock } from './clock.ts';
import type { Message } from './wire.ts';
import type { Workspace } from './workspace.ts';

const mostUses = 5;
const livesMs = 30 * 60_000;

export type ResponseUrl = {
  channel: string;
  user: string;
  thread?: string;
  /** the message whose button was pressed, or what this url posted first */
  original?: Message;
  born: number;
  uses: number;
};

export type ResponseUrls = ReturnType<typeof createResponseUrls>;

export function createResponseUrls(parts: { workspace: Workspace; clock: Clock; url: () => string }) {
  const { workspace, clock, url } = parts;
  const urls = new Map<string, ResponseUrl>();
  return {
    create(
      family: 'commands' | 'actions' | 'app',
      about: Pick<ResponseUrl, 'channel' | 'user' | 'thread' | 'original'>,
    ) {
      const path = `/${family}/${workspace.nextId('T')}/${crypto.randomUUID().replaceAll('-', '')}`;
      urls.set(path, { ...about, born: clock.now(), uses: 0 });
      if (urls.size > 10_000) for (const old of [...urls.keys()].slice(0, 2000)) urls.delete(old);
      return `${url()}${path}`;
    },
    /** The url, counted as used once more, or why it is none. */
    use(path: string): ResponseUrl | 'unknown_url' | 'expired_url' | 'used_url' {
      const found = urls.get(path);
      if (!found) return 'unknown_url';
      if (clock.now() - found.born > livesMs) return 'expired_url';
      if (found.uses >= mostUses) return 'used_url';
      found.uses += 1;
      return found;
    },
    clear: () => urls.clear(),
  };
}
