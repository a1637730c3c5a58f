import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Answer } from '../http.ts';

/**
 * pdjs sends a request that was answered by 429 three times more, each after 20 s, and shows nobody the headers that say when to come
 * back. Its fetch asks for a connection before every request: the second time there is none to be had, and what the first one was
 * answered is heard from Node itself.
 */
export interface OneRequest {
  headers: Record<string, string>;
  agent: (url: URL) => HttpAgent;
  /** The answer that pdjs was about to send again for. */
  refused(): Omit<Answer, 'text'> | undefined;
  end(): void;
}

export interface Connections {
  request(): OneRequest;
  close(): void;
}

/** https://nodejs.org/api/diagnostics_channel.html#http */
const answered = 'http.client.response.finish';
const mark = 'x-request-id';

/** Connections that stay open, since a new one takes longer than a request. */
export function connections(): Connections {
  const http = new HttpAgent({ keepAlive: true });
  const https = new HttpsAgent({ keepAlive: true });

  function request(): OneRequest {
    const id = crypto.randomUUID();
    let sent = false;
    let limited: Omit<Answer, 'text'> | undefined;
    const hear = (message: unknown) => {
      const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
      if (response.statusCode !== 429 || String(request.getHeader(mark)) !== id) return;
      const headers = new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
      limited = { status: 429, headers };
    };
    subscribe(answered, hear);
    return {
      headers: { [mark]: id },
      agent({ protocol }) {
        if (sent) throw new Error('the limit of requests is reached');
        sent = true;
        return protocol === 'https:' ? https : http;
      },
      refused: () => limited,
      end: () => void unsubscribe(answered, hear),
    };
  }

  return {
    request,
    close() {
      http.destroy();
      https.destroy();
    },
  };
}
