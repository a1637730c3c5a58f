import { WebClient } from '@slack/web-api';
import { insideTransaction, openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { type Config, isLoopback } from './config.ts';
import { createDesk } from './desk.ts';
import { reactTo } from './feature.ts';
import { features } from './features.ts';
import { newId } from './ids.ts';
import { createInbox } from './inbox.ts';
import type { Log } from './log.ts';
import { backOff } from './outbox/back-off.ts';
import { NotApplied } from './outbox/failures.ts';
import { sweepHourly } from './outbox/recurring.ts';
import { createWorker } from './outbox/worker.ts';
import { createPinnedPolicies } from './pinned-policies.ts';
import { loadPolicy } from './policy.ts';
import { answer, tell } from './slack/answer.ts';
import { createSlack } from './slack/api.ts';
import { createSlackApp } from './slack/app.ts';
import { createIdentity, WrongTeam } from './slack/identity.ts';
import type { Inside } from './slack/inside.ts';
import { answerLate } from './slack/late.ts';
import { wantedEvents } from './slack/listen.ts';
import type { Outside } from './slack/outside.ts';
import { createPeople } from './slack/people.ts';
import { createHttpReceiver } from './slack/receiver-http.ts';
import { createSocketReceiver } from './slack/receiver-socket.ts';
import { listenToCommands } from './slack/router.ts';
import { createUpdatesChannel } from './slack/updates-channel.ts';
import { openStore } from './store/store.ts';
import { followClock, realClock } from './time.ts';
import { healthRoutes } from './web/health.ts';
import { createMetrics } from './web/metrics.ts';
import { startServer } from './web/server.ts';

export type Tocsin = Awaited<ReturnType<typeof createApp>>;

/** Slack's SDK repeats posts and sleeps through rate limits on its own; all of that is the outbox's. */
const clientOptions = (apiUrl: string | undefined) => ({
  ...(apiUrl && { slackApiUrl: apiUrl }),
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
  allowAbsoluteUrls: false,
});

/** Puts the parts together. Resolves when the bot listens; dispose of it to stop. */
export async function createApp(config: Config, log: Log) {
  const policy = loadPolicy(config.policyFile);
  const clock = config.clockUrl ? await followClock(config.clockUrl) : realClock();
  const now = () => clock.now();
  const owner = newId('bot');

  const database = await openDatabase(config.databaseUrl, {
    onError: (err) => log.warn({ err }, 'a connection to the database broke'),
  });
  await migrate(database);
  const store = openStore(database);
  // A second bot on the same SQLite file is refused, so what an earlier one left is nobody's.
  const alone = database.engine === 'sqlite';

  const metrics = createMetrics(store);
  const pinned = createPinnedPolicies(policy);
  await store.transact((tx) => pinned.keep(tx, now()));

  const client = new WebClient(config.slack.botToken.reveal(), clientOptions(config.slack.apiUrl));
  const slack = createSlack({ client, insideTransaction, observe: metrics.call });
  const identity = await createIdentity(slack, store, log);
  const people = createPeople({ slack, team: identity.team, log, now });

  const desk = createDesk({
    store,
    now,
    policy,
    policyOf: (tx, version) => pinned.of(tx, version),
    react: (event, incident, by) => {
      if (event.type === 'channelOpened')
        metrics.channelOpened((now().getTime() - incident.declaredAt.getTime()) / 1000);
      return reactTo(event, incident, by, features);
    },
    wake: () => worker.wake(),
  });

  const outside: Outside = {
    slack,
    store,
    identity: identity.get,
    policy,
    updatesChannel: createUpdatesChannel(slack, policy.updatesChannel),
    now,
  };
  const worker = createWorker({
    store,
    desk,
    kinds: [answer, tell, ...features.flatMap((feature) => feature.effects ?? [])],
    outside,
    clock,
    owner,
    log,
    observe: metrics.effect,
  });

  const inside: Inside = {
    desk,
    store,
    slack,
    people,
    policy,
    identity: identity.get,
    subcommands: features.flatMap((feature) => feature.subcommands ?? []),
    now,
    log,
    async enqueue(effects) {
      await store.transact((tx) => tx.outbox.enqueue(effects, now()));
      worker.wake();
    },
    async revive(incident) {
      const count = await store.transact(async (tx) => {
        const dead = await tx.outbox.dead(incident);
        await tx.outbox.revive(
          dead.map((row) => row.id),
          now(),
        );
        return dead.length;
      });
      worker.wake();
      return count;
    },
  };

  const { app, process } = createSlackApp({ botToken: config.slack.botToken.reveal(), identity: identity.get, log });
  listenToCommands(app, inside);
  for (const feature of features) feature.listeners?.(app, inside);

  const inbox = createInbox({
    store,
    owner,
    clock,
    log,
    process,
    wanted: wantedEvents,
    bot: identity.bot,
    lateAnswer: (delivery, payload) => answerLate(delivery, payload, inside),
    observe: metrics.delivery,
  });

  let stopping = false;
  const { intake } = config.slack;
  const socket =
    'socket' in intake
      ? createSocketReceiver({
          open: connectionOpener(intake.socket.reveal(), config.slack.apiUrl),
          sockets: intake.sockets,
          receive: inbox.receive,
          log,
          isHopeless: (error) =>
            error instanceof NotApplied && /invalid_auth|not_authed|account_inactive/.test(error.message),
        })
      : undefined;

  const server = await startServer({
    host: config.host,
    port: config.port,
    health: healthRoutes({
      store,
      policyVersion: policy.version,
      intake: () => (socket ? { ...socket.status(), ok: socket.status().connected > 0 } : { ok: true }),
      slackReached: identity.reached,
      stopping: () => stopping,
    }),
    metrics,
    slack:
      'signingSecret' in intake
        ? createHttpReceiver({ secret: intake.signingSecret.reveal(), receive: inbox.receive, log })
        : undefined,
  });

  await worker.start({ alone });
  const stopSweeping = sweepHourly(store, clock, log);
  const known = introduce();
  log.info({ port: server.port, host: config.host, engine: database.engine, policy: policy.version }, 'listening');

  /** Until Slack has said who we are, deliveries wait in the inbox: a permission cannot be judged before. */
  async function introduce(): Promise<void> {
    for (let attempts = 1; !stopping; attempts++) {
      try {
        await identity.ask();
        break;
      } catch (error) {
        if (error instanceof WrongTeam) throw error;
        log.warn({ err: error, attempts }, 'Slack does not answer yet');
        if (identity.bot() !== undefined) break;
        await new Promise((resolve) => setTimeout(resolve, Math.min(backOff(attempts), 30_000)).unref());
      }
    }
    if (stopping) return;
    await outside.updatesChannel().catch((err: unknown) => {
      log.warn(
        { err, channel: policy.updatesChannel },
        'incidents cannot be announced: invite the bot to the updates channel',
      );
    });
    await inbox.start({ alone });
    socket?.start();
    worker.wake();
    if (!identity.reached()) void askAgain();
  }

  async function askAgain(): Promise<void> {
    for (let attempts = 1; !stopping && !identity.reached(); attempts++) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(backOff(attempts), 30_000)).unref());
      await identity.ask().catch((err: unknown) => log.warn({ err, attempts }, 'Slack does not answer yet'));
    }
  }

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    stopSweeping();
    await socket?.stop();
    await server.close();
    await inbox.stop();
    await worker.stop();
    clock.close();
    await store.close();
    log.info('stopped');
  }

  return {
    port: server.port,
    /** Resolves when deliveries come in; rejects when the database is another workspace's. */
    known,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Asks for a new Socket Mode address with the app token, which may do nothing else. */
function connectionOpener(appToken: string, apiUrl: string | undefined): () => Promise<string> {
  const client = new WebClient(appToken, clientOptions(apiUrl));
  const slack = createSlack({ client, insideTransaction });
  return async () => {
    const { url } = await slack.call('apps.connections.open', {});
    if (typeof url !== 'string' || (!url.startsWith('wss:') && !isLoopback(url)))
      throw new Error('Slack gave no secure address');
    return url;
  };
}
