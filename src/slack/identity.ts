import { z } from 'zod';
import type { Log } from '../log.ts';
import { NotApplied } from '../outbox/failures.ts';
import type { Store } from '../store/store.ts';
import type { Slack } from './api.ts';
import type { Identity } from './outside.ts';

const AuthTest = z.object({ team_id: z.string(), url: z.string(), user_id: z.string(), bot_id: z.string() });
const Kept = z.object({ team: z.string(), url: z.string(), botUser: z.string(), bot: z.string() });

/** The database holds another workspace's incidents. */
export class WrongTeam extends Error {
  override name = 'WrongTeam';
}

/**
 * Who the bot is. Known from the database if it ever booted before, so that it comes up while Slack is down; asked of Slack at
 * every boot, because the answer also says whether this database belongs to this workspace.
 */
export async function createIdentity(slack: Slack, store: Store, log: Log) {
  const text = await store.read((tx) => tx.meta.get('slack'));
  let known: Identity | undefined = text ? Kept.parse(JSON.parse(text)) : undefined;
  let reached = false;

  return {
    /** Throws `NotApplied` while Slack could not be asked even once: whatever needs it is tried again later. */
    get: (): Identity => {
      if (!known) throw new NotApplied('Slack has not said yet who this bot is');
      return known;
    },
    bot: () => known?.bot,
    team: () => known?.team ?? '',
    reached: () => reached,
    async ask(): Promise<void> {
      const { team_id: team, url, user_id: botUser, bot_id: bot } = await slack.call('auth.test', {}, AuthTest);
      if (known && known.team !== team) {
        throw new WrongTeam(
          `This database belongs to the Slack workspace ${known.team} (${known.url}), but the token is of ${team} (${url}). ` +
            'Point DATABASE_URL at another database, or use the token of that workspace.',
        );
      }
      known = { team, url, botUser, bot };
      reached = true;
      await store.transact((tx) => tx.meta.set('slack', JSON.stringify(known)));
      log.info({ team, botUser }, 'Slack knows us');
    },
  };
}
