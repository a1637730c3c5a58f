import { WebClient, type WebClientOptions } from '@slack/web-api';
import { insideTransaction } from '../../db/database.ts';
import { isLoopback } from '../config.ts';
import type { Log } from '../log.ts';
import { createSlack, type Slack } from './api.ts';
import { createFiles, type Files } from './files.ts';
import { sdkLogger } from './sdk-log.ts';

export interface ClientParts {
  /** Another server that speaks Slack's Web API. */
  apiUrl: string | undefined;
  fetch: typeof fetch;
  log: Log;
  observe?: (method: string, result: string) => void;
}

/** Slack's SDK repeats posts and sleeps through rate limits on its own; all of that is the outbox's. */
function clientWith(token: string, { apiUrl, fetch, log }: ClientParts): WebClient {
  const options: WebClientOptions = {
    ...(apiUrl && { slackApiUrl: apiUrl }),
    fetch,
    logger: sdkLogger(log.child({ part: 'web-api' })),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    allowAbsoluteUrls: false,
  };
  return new WebClient(token, options);
}

export function slackWith(token: string, parts: ClientParts): Slack {
  const { observe } = parts;
  return createSlack({ client: clientWith(token, parts), insideTransaction, ...(observe && { observe }) });
}

export const filesWith = (botToken: string, { apiUrl }: Pick<ClientParts, 'apiUrl'>): Files =>
  createFiles({ botToken, apiUrl, insideTransaction });

/** Asks for a new Socket Mode address with the app token, which may do nothing else. */
export function connectionOpener(appToken: string, parts: ClientParts): () => Promise<string> {
  const slack = slackWith(appToken, parts);
  return async () => {
    const { url } = await slack.call('apps.connections.open', {});
    if (typeof url !== 'string' || (!url.startsWith('wss:') && !isLoopback(url)))
      throw new Error('Slack gave no secure address');
    return url;
  };
}
