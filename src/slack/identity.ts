import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { CannotStart } from '../cannot-start.ts';
import type { Log } from '../log.ts';
import { backOff } from '../outbox/back-off.ts';
import { NotApplied } from '../outbox/failures.ts';
import type { Store } from '../store/store.ts';
import type { Slack } from './api.ts';
import type { Identity } from './outside.ts';

const AuthTest = z.object({ team_id: z.string(), url: z.string(), user_id: z.string(), bot_id: z.string() });
const Kept = z.object({ team: z.string(), url: z.string(), botUser: z.string(), bot: z.string() });

/** Somebody may have put the token right, or Slack may be back: asked at least this often. Milliseconds. */
const longestWait = 30_000;

/** The database holds another workspace's incidents. */
export class WrongTeam extends CannotStart {
  override name = 'WrongTeam';
}

/**
 * Who the bot is. Known from the database if it ever booted before, so that it takes deliveries while Slack is down; asked of Slack
 * at every boot, because the answer also says whether this database belongs to this workspace.
 */
export async function createIdentity(slack: Slack, store: Store, log: Log) {
  const text = await store.read((tx) => tx.meta.get('slack'));
  let known: Identity | undefined = text ? Kept.parse(JSON.parse(text)) : undefined;
  let reached = false;
  let problem: string | undefined;

  async function ask(): Promise<void> {
    const { team_id: team, url, user_id: botUser, bot_id: bot } = await slack.call('auth.test', {}, AuthTest);
    const said: Identity = { team, url, botUser, bot };
    await store.transact(async (tx) => {
      const first = Kept.parse(JSON.parse(await tx.meta.stamp('slack', JSON.stringify(said))));
      if (first.team !== team) throw wrongTeam(first, said);
      await tx.meta.set('slack', JSON.stringify(said));
    });
    known = said;
    reached = true;
    problem = undefined;
    log.info({ team, botUser }, 'Slack knows us');
  }

  async function tryToAsk(attempts: number): Promise<void> {
    try {
      await ask();
    } catch (err) {
      if (err instanceof WrongTeam) throw err;
      problem = err instanceof Error ? err.message : String(err);
      log.warn({ err, attempts }, 'Slack does not say who we are, asking again');
    }
  }

  return {
    /** Throws `NotApplied` while Slack could not be asked even once: whatever needs it is tried again later. */
    get: (): Identity => {
      if (!known) throw new NotApplied('Slack has not said yet who this bot is');
      return known;
    },
    bot: () => known?.bot,
    team: () => known?.team ?? '',
    status: () => ({ reached, ...(problem && { problem }) }),

    /** Slack, once it has said who we are: before, what waits in this database could go to a workspace that is not its own. */
    slack: {
      call: (async (method: string, args: Record<string, unknown>, answer: z.ZodType) => {
        if (!reached) throw new NotApplied('Slack has not said yet that this is its workspace');
        return slack.call(method, args, answer);
      }) as Slack['call'],
    },

    /** Asks once, and while nothing is known again and again. Rejects with `WrongTeam`, as `confirm` does. */
    async learn(signal: AbortSignal): Promise<void> {
      await tryToAsk(1);
      for (let attempts = 2; !known && !signal.aborted; attempts++) {
        await pause(attempts, signal);
        await tryToAsk(attempts);
      }
    },
    /** Asks until Slack has answered. */
    async confirm(signal: AbortSignal): Promise<void> {
      for (let attempts = 2; !reached && !signal.aborted; attempts++) {
        await pause(attempts, signal);
        if (!signal.aborted) await tryToAsk(attempts);
      }
    },
  };
}

const pause = (attempts: number, signal: AbortSignal) =>
  sleep(Math.min(backOff(attempts - 1), longestWait), undefined, { signal }).catch(() => undefined);

function wrongTeam(kept: Identity, said: Identity): WrongTeam {
  return new WrongTeam(
    `This database belongs to the Slack workspace ${kept.team} (${kept.url}), but the token is of ${said.team} (${said.url}). ` +
      'Point DATABASE_URL at another database, or use the token of that workspace.',
  );
}
