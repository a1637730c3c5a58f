import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Kind, Person } from '../may.ts';
import { Impossible } from '../outbox/failures.ts';
import type { Slack } from './api.ts';

const User = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().optional(),
    deleted: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    is_restricted: z.boolean().default(false),
    is_ultra_restricted: z.boolean().default(false),
    is_stranger: z.boolean().default(false),
    tz_offset: z.number().default(0),
  }),
});
type User = z.infer<typeof User>['user'];

/** A profile is asked for again after this long. Milliseconds. */
const fresh = 24 * 60 * 60_000;
/** A request of a person's cannot wait for Slack longer than this: it must be acknowledged within three seconds. Milliseconds. */
const patience = 1_500;

export type People = ReturnType<typeof createPeople>;

/** Slack answered: nobody of this workspace has that id. That is known, unlike who somebody is while Slack is down. */
const notOurs = new Set(['user_not_found', 'user_not_visible']);

/** Who somebody is, asked of Slack once a day and remembered. */
export function createPeople({
  slack,
  team,
  log,
  now,
}: {
  slack: Slack;
  team: () => string;
  log: Log;
  now: () => Date;
}) {
  const known = new Map<string, { person: Person; until: number }>();

  async function ask(id: string): Promise<Person> {
    const { user } = await slack.call('users.info', { user: id }, User);
    const person: Person = { id, kind: kindOf(user, team()), zone: user.tz_offset };
    known.set(id, { person, until: now().getTime() + fresh });
    return person;
  }

  return {
    /** `saidTeam`: the team that the signed payload names for the person; another one than ours needs no look-up. */
    async who(id: string, saidTeam?: string): Promise<Person> {
      if (saidTeam && saidTeam !== team()) return { id, kind: 'stranger', zone: 0 };
      const remembered = known.get(id);
      if (remembered && remembered.until > now().getTime()) return remembered.person;
      const nobody: Person = remembered?.person ?? { id, kind: 'unknown', zone: 0 };
      return Promise.race([
        ask(id).catch((err: unknown): Person => {
          if (err instanceof Impossible && notOurs.has(err.code)) return { id, kind: 'stranger', zone: 0 };
          log.warn({ err, person: id }, 'could not ask Slack who somebody is');
          return nobody;
        }),
        new Promise<Person>((resolve) => setTimeout(resolve, patience, nobody).unref()),
      ]);
    },
  };
}

function kindOf(user: User, team: string): Kind {
  if (user.deleted) return 'deactivated';
  if (user.is_bot) return 'bot';
  if (user.is_stranger || (user.team_id !== undefined && user.team_id !== team)) return 'stranger';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member';
}
