import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { eq, inArray } from 'drizzle-orm';
import { type Database, openDatabase, pathOf } from '../../db/database.ts';
import { type SandboxClient, sandboxAt } from '../../sandbox/client.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.ts';
import type { Violation } from '../../sandbox/wire.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { openStore, type Reader } from '../../src/store/store.ts';
import { builtOnce, type Copy } from '../faults/support/bundle.ts';
import { type BotSettings, type StoryBot, startBot, startBotProcess } from './bot.ts';
import { character } from './character.ts';
import { eventually } from './eventually.ts';
import { room } from './room.ts';

export interface StoryOptions
  extends Pick<BotSettings, 'intake' | 'policyFile' | 'logLevel' | 'chromium' | 'exportDir' | 'paging'> {
  sandbox?: SandboxOptions;
  /** Where the bot keeps what it knows; a fresh SQLite file unless told. */
  database?: () => Promise<string>;
  /** A program of its own, to be killed; else the bot lives in this process. */
  bot?: 'process';
  /** Before the bot comes. */
  before?: (slack: SandboxClient) => Promise<unknown>;
}

interface Stage {
  sandbox: Sandbox;
  slack: SandboxClient;
  databaseUrl: string;
  bot: StoryBot | undefined;
  tolerated: Set<Violation['kind']>;
}

/**
 * Sets the stage for every test of a file: a new workspace, a new database and the bot in it. What is given back stays the same
 * from test to test and always means the stage of the test that runs.
 */
export function story(options: StoryOptions = {}) {
  let stage: Stage | undefined;
  let bundle: Copy | undefined;
  const cleanups: (() => unknown)[] = [];

  function now(): Stage {
    if (!stage) throw new Error('no story is being told: use this inside a test');
    return stage;
  }
  const slackNow = () => now().slack;

  async function start(): Promise<void> {
    const { sandbox, databaseUrl, slack } = now();
    const settings = { ...options, sandbox, databaseUrl };
    now().bot = bundle ? await startBotProcess(bundle.bot, settings, slack) : await startBot(settings, slack);
  }

  async function leave(how: 'kill' | 'stop'): Promise<void> {
    await now().bot?.[how]();
    now().bot = undefined;
  }

  beforeAll(async () => {
    if (options.bot === 'process') bundle = await builtOnce();
  });
  afterAll(async () => bundle?.[Symbol.asyncDispose]());

  beforeEach(async () => {
    const sandbox = await createSandbox({ port: 0, ...options.sandbox });
    const databaseUrl = await (options.database ?? (() => sqliteFile(cleanups)))();
    stage = { sandbox, slack: sandboxAt(sandbox.url), databaseUrl, bot: undefined, tolerated: new Set() };
    await options.before?.(stage.slack);
    await start();
  });

  afterEach(async () => {
    if (!stage) return;
    const { sandbox, slack, tolerated } = stage;
    const violations = await slack.violations();
    await leave('stop');
    await sandbox[Symbol.asyncDispose]();
    for (const cleanup of cleanups.splice(0)) await cleanup();
    stage = undefined;
    expect(violations.filter(({ kind }) => !tolerated.has(kind))).toEqual([]);
  });

  async function look<T>(looking: (database: Database) => Promise<T>): Promise<T> {
    await using database = await openDatabase(now().databaseUrl, { readOnly: true });
    return await looking(database);
  }
  const read = <T>(seeing: (tx: Reader) => Promise<T>) => look((database) => openStore(database).read(seeing));

  /** Nothing is on its way to the bot, and the bot has nothing left to do; what it plans for later may wait. */
  async function settled(within?: number): Promise<void> {
    await eventually(
      'the bot to have nothing left to do',
      async () => {
        await slackNow().quiet();
        const time = await slackNow().clock.now();
        return (await look((database) => unfinished(database, time))).length === 0 ? true : undefined;
      },
      {
        ...(within && { within }),
        seen: async () => (await look(async (database) => unfinished(database, new Date(8.64e15)))).join('\n'),
      },
    );
  }

  /**
   * Winding while the bot has a delivery in hand would make its answer late by as much. What is in hand for longer than this is
   * held on purpose. Real milliseconds.
   */
  async function nothingInHand(): Promise<void> {
    if (!now().bot) return;
    const inHand = () => look((database) => received(database));
    for (const end = performance.now() + 1_500; performance.now() < end && (await inHand()).length > 0; )
      await sleep(5);
  }
  const clockNow = (): SandboxClient['clock'] => {
    const { clock } = slackNow();
    return {
      ...clock,
      forward: async (span) => {
        await nothingInHand();
        return clock.forward(span);
      },
      setTo: async (date) => {
        await nothingInHand();
        return clock.setTo(date);
      },
    };
  };

  const person = (name: string) => character(name, slackNow);
  return {
    ana: person('ana'),
    ben: person('ben'),
    chloe: person('chloe'),
    dev: person('dev'),
    gus: person('gus'),
    sam: person('sam'),
    slack: standIn(slackNow),
    clock: standIn(clockNow),
    faults: standIn(() => slackNow().faults),
    pagerduty: standIn(() => slackNow().pagerduty),
    bot: {
      start,
      kill: () => leave('kill'),
      stop: () => leave('stop'),
      settled,
      log: () => now().bot?.log() ?? '',
      databaseUrl: () => now().databaseUrl,
      /** Where its own server is. */
      url: () => `http://127.0.0.1:${now().bot?.port}`,
      /** What its own server answers. */
      page: async (path: string): Promise<string> => (await fetch(`http://127.0.0.1:${now().bot?.port}${path}`)).text(),
    },
    /** A public channel by its name. */
    channel: async (name: string) => {
      const found = await slackNow().waitForChannel(name);
      return room(slackNow(), found);
    },
    /** What the store says. */
    incidents: (): Promise<Incident[]> => read((tx) => tx.incidents.list()),
    read,
    /** Where the bot keeps what it knows, on SQLite. */
    file: (): string => pathOf(now().databaseUrl),
    /** How many calls of one Web API method changed the workspace. */
    applied: async (method: string): Promise<number> => {
      const entries = await slackNow().ledger();
      return entries.filter((entry) => entry.kind === 'call' && entry.method === method && entry.applied).length;
    },
    /** This story provokes it, so it is no fault of the bot's. */
    tolerate: (...kinds: Violation['kind'][]): void => {
      for (const kind of kinds) now().tolerated.add(kind);
    },
  };
}

export type Story = ReturnType<typeof story>;

/** Stands for whatever is current when a property of it is asked for. */
function standIn<T extends object>(current: () => T): T {
  return new Proxy({} as T, { get: (_, key) => Reflect.get(current(), key) });
}

/** What the bot has taken in and not worked through. */
function received(database: Database) {
  return database.read(
    async ({ db, t: { inbox } }) => await db.select().from(inbox).where(eq(inbox.state, 'received')),
  );
}

/** What the bot has taken in or should have done by a time, one line each. */
async function unfinished(database: Database, time: Date): Promise<string[]> {
  const deliveries = await received(database);
  return database.read(async ({ db, t: { outbox } }) => {
    const left = await db
      .select()
      .from(outbox)
      .where(inArray(outbox.state, ['waiting', 'running', 'unknown']));
    const planned = left.filter(({ runAt }) => runAt > time);
    // Behind what waits for its time, in the same order, nothing can be done either.
    const due = left.filter(
      (row) => row.runAt <= time && !planned.some(({ orderKey }) => orderKey && orderKey === row.orderKey),
    );
    return [
      ...deliveries.map(({ key, attempts }) => `delivery ${key}, begun ${attempts} times`),
      ...due.map(({ kind, state, runAt, error }) => `${kind} is ${state}, due ${runAt.toISOString()} ${error ?? ''}`),
    ];
  });
}

function sqliteFile(cleanups: (() => unknown)[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-story-'));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  return `file:${folder}/tocsin.db`;
}
