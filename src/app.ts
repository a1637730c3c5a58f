import { openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { cannotStart } from './cannot-start.ts';
import type { Config } from './config.ts';
import { createDesk } from './desk.ts';
import type { Exporting } from './exporting.ts';
import { reactTo } from './feature.ts';
import { createBrowser } from './features/export/browser.ts';
import { templateOf } from './features/postmortem/template.ts';
import { features } from './features.ts';
import { newId } from './ids.ts';
import { createInbox } from './inbox.ts';
import { pageOf } from './incident/paging.ts';
import type { Log } from './log.ts';
import { openPaging } from './open-paging.ts';
import { NotApplied } from './outbox/failures.ts';
import { sweepHourly } from './outbox/recurring.ts';
import { createWorker } from './outbox/worker.ts';
import { createPinnedPolicies } from './pinned-policies.ts';
import { loadPolicy, offersChannelOf, type Policy } from './policy.ts';
import { checkWays, waysOf, withWays } from './policy-ways.ts';
import { answer, tell } from './slack/answer.ts';
import { createSlackApp } from './slack/app.ts';
import { connectionOpener, filesWith, slackWith } from './slack/clients.ts';
import { createHearing } from './slack/hearing.ts';
import { createIdentity } from './slack/identity.ts';
import type { Inside } from './slack/inside.ts';
import { answerLate } from './slack/late.ts';
import type { Outside } from './slack/outside.ts';
import { createPeople } from './slack/people.ts';
import { mark } from './slack/reactions.ts';
import { createHttpReceiver } from './slack/receiver-http.ts';
import { createSocketReceiver } from './slack/receiver-socket.ts';
import { listenToCommands } from './slack/router.ts';
import { createSkew } from './slack/skew.ts';
import { createUpdatesChannel } from './slack/updates-channel.ts';
import { reindex } from './store/reindex.ts';
import { openStore } from './store/store.ts';
import { followClock, realClock } from './time.ts';
import { createAddress } from './web/address.ts';
import { healthRoutes } from './web/health.ts';
import { createMetrics } from './web/metrics.ts';
import type { Pages } from './web/pages.ts';
import { startServer } from './web/server.ts';
import { siteRoutes } from './web/site.ts';
import type { Webhooks } from './web/webhooks.ts';

export type Tocsin = Awaited<ReturnType<typeof createApp>>;

/** What stopping waits for, at most: deliveries in hand, and effects on the wire beside them. Real milliseconds. */
const deliveriesEnd = 3_000;
const effectsEnd = 8_000;
/** Milliseconds. */
const aMinute = 60_000;

/** Puts the parts together. Resolves when the bot listens; dispose of it to stop. Rejects with `CannotStart` for a plain reason. */
export async function createApp(config: Config, log: Log) {
  await using opened = new AsyncDisposableStack();
  const written = loadPolicy(config.policyFile);
  // Wrong ones stop the boot: an incident at night is no time to find out.
  templateOf(written);
  checkWays(written, config.paging, config.policyFile);
  const asHere = (policy: Policy) => withWays(policy, config.paging);
  const policy = asHere(written);
  const clock = config.clockUrl ? await followClock(config.clockUrl) : realClock();
  opened.defer(() => clock.close());
  const now = () => clock.now();
  const owner = newId('bot');

  const unusable = cannotStart('The database cannot be used.');
  const onError = (err: Error) => log.warn({ err }, 'a connection to the database broke');
  const database = await openDatabase(config.databaseUrl, { onError }).catch(unusable);
  opened.use(database);
  await migrate(database).catch(unusable);
  const store = openStore(database);
  // A second bot on the same SQLite file is refused, so what an earlier one left is nobody's.
  const alone = database.engine === 'sqlite';

  const metrics = createMetrics(store, clock);
  const pinned = createPinnedPolicies(written, asHere);
  await store.transact((tx) => pinned.keep(tx, now()));

  const skew = createSkew();
  metrics.watchSkew(skew.seconds);
  const { botToken, intake, apiUrl } = config.slack;
  const unconfirmed = slackWith(botToken.reveal(), { apiUrl, fetch: skew.fetch, log, observe: metrics.call });
  const identity = await createIdentity(unconfirmed, store, log);
  const { slack } = identity;
  const stopping = new AbortController();
  // Slack's answer takes about as long as what follows here does.
  const learning = identity.learn(stopping.signal);
  // Awaited below; where something fails before that, there is nobody to hear.
  learning.catch(() => undefined);
  opened.defer(() => stopping.abort());
  const people = createPeople({ slack, team: identity.team, log, now });

  const browser = createBrowser({ chromium: config.exports.chromium, log });
  opened.use(browser);
  const exports: Exporting = { folder: config.exports.folder, browser };

  const paging = openPaging(config.paging, { now, observe: metrics.pagerCall });
  opened.defer(() => paging?.close());

  const desk = createDesk({
    store,
    now,
    policy,
    policyOf: (tx, version) => pinned.of(tx, version),
    react: (event, incident, by) => {
      if (event.type === 'channelOpened' && !event.instead && !incident.isPractice)
        metrics.channelOpened((now().getTime() - incident.declaredAt.getTime()) / 1000);
      if (event.type === 'pageAccepted') {
        const asked = pageOf(incident, event.number)?.at ?? now();
        metrics.pageAccepted(event.way, (now().getTime() - asked.getTime()) / 1000);
      }
      return reactTo(event, incident, by, features);
    },
    wake: () => worker.wake(),
  });

  const wishes = features.flatMap((feature) => feature.wishes ?? []);
  const outside: Outside = {
    missedWishes: (marks) => wishes.flatMap((wish) => wish.missed(marks)),
    slack,
    files: filesWith(botToken.reveal(), { apiUrl }),
    store,
    identity: identity.get,
    people,
    policy,
    updatesChannel: createUpdatesChannel(slack, policy.updatesChannel),
    offersChannel: createUpdatesChannel(slack, offersChannelOf(policy)),
    publicUrl: config.publicUrl,
    now,
    exports,
    paging,
  };
  const worker = createWorker({
    store,
    desk,
    kinds: [
      answer,
      tell,
      mark,
      ...wishes.map(({ effect }) => effect),
      ...features.flatMap((feature) => feature.effects ?? []),
    ],
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
    tray: features.flatMap((feature) => feature.tray ?? []),
    presses: new Map(),
    wantedEvents: new Set(),
    paging,
    now,
    log,
    async enqueue(effects) {
      await store.transact((tx) => tx.outbox.enqueue(effects, now()));
      worker.wake();
    },
    async transact(work) {
      const result = await store.transact(work);
      worker.wake();
      return result;
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

  const { app, process } = createSlackApp({ botToken: botToken.reveal(), identity: identity.get, log });
  listenToCommands(app, inside);
  for (const feature of features) feature.listeners?.(app, inside);

  /** Until it is known who we are, deliveries are stored and wait: whether somebody may do something cannot be judged before. */
  const ready = Promise.withResolvers<void>();
  // Each delivery awaits it and says what became of it; with none there is nobody to hear.
  ready.promise.catch(() => undefined);
  const inbox = createInbox({
    store,
    owner,
    clock,
    log,
    process: async (delivery) => {
      await ready.promise;
      if (delivery.kind !== 'webhook') return process(delivery);
      for (const { heard } of features) await heard?.(delivery.body, delivery.key, inside);
    },
    wanted: inside.wantedEvents,
    bot: identity.bot,
    team: identity.team,
    lateAnswer: (delivery, payload) => answerLate(delivery, payload, inside),
    observe: metrics.delivery,
    alongside: async (tx, events) => {
      for (const { keeps } of features) await keeps?.(tx, events, { policy, now: now() });
    },
    notKept: () => hearing.missed(new Date(now().getTime() - aMinute)),
  });

  const socket =
    'socket' in intake
      ? createSocketReceiver({
          open: connectionOpener(intake.socket.reveal(), { apiUrl, fetch: skew.fetch, log }),
          sockets: intake.sockets,
          receive: inbox.receive,
          limited: (since) => hearing.missed(since),
          log,
        })
      : undefined;
  const hearing = createHearing({
    store,
    clock,
    log,
    hears: () => (socket ? socket.status().connected > 0 : true),
    missed: async (since) => {
      for (const { missed } of features) await missed?.(since, inside);
    },
  });
  if (socket) metrics.watchSocket(socket.status);

  const address = createAddress(config.publicUrl);
  const pages: Pages = {
    desk,
    store,
    people,
    policy,
    identity: identity.get,
    now,
    log,
    enqueue: inside.enqueue,
    exports,
  };
  const routes = features.flatMap((feature) => feature.pages?.(pages) ?? []);

  const webhooks: Webhooks = {
    paging: config.paging,
    now,
    log,
    async store(key, body) {
      const taken = await inbox.receive({ key, kind: 'webhook', body, ack: async () => undefined });
      return taken === 'failed' ? 'failed' : 'stored';
    },
  };
  const server = await startServer({
    host: config.host,
    port: config.port,
    health: healthRoutes({
      store,
      now,
      policyVersion: policy.version,
      intake: () => (socket ? { ...socket.status(), ok: socket.status().connected > 0 } : { ok: true }),
      identity: identity.status,
      skew: skew.seconds,
      stopping: () => stopping.signal.aborted,
    }),
    metrics,
    slack:
      'signingSecret' in intake
        ? createHttpReceiver({
            secret: intake.signingSecret.reveal(),
            receive: inbox.receive,
            limited: (since) => hearing.missed(since),
            log,
          })
        : undefined,
    webhooks: features.flatMap((feature) => feature.webhooks?.(webhooks) ?? []),
    site: siteRoutes({ ...pages, config, address, routes }),
    log,
  });
  const jobs = features.map(
    ({ hourly }) =>
      async () =>
        hourly?.(inside),
  );
  const stopSweeping = sweepHourly(store, clock, log, jobs);
  log.info({ ways: waysOf(policy, config.paging) }, 'pages go by these ways, the first one first');
  log.info({ port: server.port, host: config.host, engine: database.engine, policy: policy.version }, 'listening');

  let indexing = Promise.resolve();
  const known = begin();
  const over = Promise.withResolvers<void>();
  known.then(() => identity.confirm(stopping.signal)).catch(over.reject);
  // Whoever started the app hears of it by `over`; a story that only stops it does not listen.
  over.promise.catch(() => undefined);

  async function begin(): Promise<void> {
    await learning;
    if (stopping.signal.aborted) return;
    ready.resolve();
    await inbox.start({ alone });
    if (stopping.signal.aborted) return;
    await hearing.start();
    await worker.start({ alone });
    if (stopping.signal.aborted) return;
    socket?.start();
    const nameOf = (service: string) => policy.services[service]?.name ?? service;
    indexing = reindex(database, nameOf, stopping.signal).catch((err: unknown) =>
      log.error({ err }, 'older incidents may not be found or listed; it is tried again at the next start'),
    );
    outside.updatesChannel().catch((err: unknown) => {
      const { updatesChannel: channel } = policy;
      log.warn({ err, channel }, 'incidents cannot be announced: invite the bot to the updates channel');
    });
  }

  const resources = opened.move();
  /** What is in hand is finished and answered; what is planned goes on at the next start. */
  async function end(): Promise<void> {
    stopping.abort();
    ready.reject(new NotApplied('stopped before Slack said who we are'));
    stopSweeping();
    const heard = hearing.stop();
    const worked = worker.stop(effectsEnd);
    await socket?.stop();
    await server.close();
    await inbox.stop(deliveriesEnd);
    await worked;
    await heard;
    await indexing;
    await resources.disposeAsync();
    log.info('stopped');
    over.resolve();
  }

  let ended: Promise<void> | undefined;
  const stop = () => {
    ended ??= end();
    return ended;
  };

  return {
    port: server.port,
    /** Resolves when deliveries come in. Rejects with `WrongTeam` when the database is another workspace's. */
    known,
    /** Resolves when the bot has stopped. Rejects when it turns out that it should not have started: Slack was down at first. */
    over: over.promise,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
