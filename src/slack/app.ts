import { App, type Receiver } from '@slack/bolt';
import type { Delivery } from '../inbox.ts';
import type { Log } from '../log.ts';
import type { Identity } from './outside.ts';
import { sdkLogger } from './sdk-log.ts';

export interface SlackAppParts {
  botToken: string;
  identity: () => Identity;
  log: Log;
}

/**
 * Bolt, for what it does well: finding the listeners of a delivery. Receiving, acknowledging and retrying are ours, because Bolt
 * acknowledges events before anything is kept, and its client repeats posts on its own.
 */
export function createSlackApp({ botToken, identity, log }: SlackAppParts) {
  const app = new App({
    receiver: noReceiver,
    // Cannot fail: a look-up that does would drop an event that was acknowledged already.
    authorize: async () => {
      const { team, bot, botUser } = identity();
      return { botToken, botId: bot, botUserId: botUser, teamId: team };
    },
    // What we say ourselves tells us that a post arrived; listeners that must not hear it ask who spoke.
    ignoreSelf: false,
    convoStore: false,
    clientOptions: { retryConfig: { retries: 0 } },
    logger: sdkLogger(log.child({ part: 'bolt' })),
  });
  // The inbox decides what becomes of a delivery whose listener failed.
  app.error(async (error) => {
    throw error;
  });

  return {
    app,
    process: ({ body, ack, key, late }: Delivery): Promise<void> =>
      app.processEvent({
        body: body as Record<string, unknown>,
        ack: (answer?: unknown) => ack(typeof answer === 'string' ? { text: answer } : answer),
        customProperties: { delivery: { key, late } },
      }),
  };
}

/** Deliveries are handed to `process`; there is nothing for Bolt to start. */
const noReceiver: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
};
