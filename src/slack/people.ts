import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
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
    real_name: z.string().optional(),
    profile: z.object({ display_name: z.string(), real_name: z.string(), email: z.string() }).partial().default({}),
  }),
});
type User = z.infer<typeof User>['user'];

const Found = z.object({ user: z.object({ id: z.string() }) });

/** A profile is asked for again after this long. Milliseconds. */
const fresh = 24 * 60 * 60_000;
/** A request of a person's cannot wait for Slack longer than this: it must be acknowledged within three seconds. Milliseconds. */
const patience = 1_500;

/** Who was deactivated reads no further than this on the web pages. Milliseconds. */
const recent = 5 * 60_000;
/** While Slack is silent, not every page waits for it. Milliseconds. */
const notAgain = 30_000;
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
  const known = new Map<string, { person: Person; askedAt: number }>();
  let silentUntil = 0;
  /** Whom Slack did not know when they were asked for by name, and until when they are not asked for again. */
  const nameless = new Map<string, number>();

  async function ask(id: string): Promise<Person> {
    const { user } = await slack.call('users.info', { user: id }, User);
    const name = nameOf(user);
    const { email } = user.profile;
    const kind = kindOf(user, team());
    const person: Person = { id, kind, zone: user.tz_offset, ...(name && { name }), ...(email && { email }) };
    known.set(id, { person, askedAt: now().getTime() });
    return person;
  }

  /** What Slack says within its time, else what is remembered. */
  async function heard(id: string): Promise<Person> {
    const nobody: Person = known.get(id)?.person ?? { id, kind: 'unknown', zone: 0 };
    const silent = (): Person => {
      silentUntil = now().getTime() + notAgain;
      return nobody;
    };
    const inTime = new AbortController();
    const late = sleep(patience, undefined, { ref: false, signal: inTime.signal }).then(silent, () => nobody);
    const asked = ask(id).catch((err: unknown): Person => {
      if (err instanceof Impossible && notOurs.has(err.code)) return { id, kind: 'stranger', zone: 0 };
      log.warn({ err, person: id }, 'could not ask Slack who somebody is');
      return silent();
    });
    return Promise.race([asked, late]).finally(() => inTime.abort());
  }

  const isKnown = (id: string, within: number) => now().getTime() - (known.get(id)?.askedAt ?? -Infinity) < within;

  return {
    /** What was last heard of somebody, without asking. */
    remembered: (id: string): Person | undefined => known.get(id)?.person,
    /** `saidTeam`: the team that the signed payload names for the person; another one than ours needs no look-up. */
    async who(id: string, saidTeam?: string): Promise<Person> {
      if (saidTeam && saidTeam !== team()) return { id, kind: 'stranger', zone: 0 };
      return (isKnown(id, fresh) && known.get(id)?.person) || heard(id);
    },

    /** Who somebody is who reads page after page: asked again every few minutes, while Slack answers. */
    async lately(id: string): Promise<Person> {
      const remembered = known.get(id)?.person;
      if (remembered && (isKnown(id, recent) || silentUntil > now().getTime())) return remembered;
      return silentUntil > now().getTime() ? { id, kind: 'unknown', zone: 0 } : heard(id);
    },

    /** Who has that e-mail; undefined where nobody of ours has it, or the app may not look (`users:read.email`). */
    async byEmail(email: string): Promise<string | undefined> {
      try {
        return (await slack.call('users.lookupByEmail', { email }, Found)).user.id;
      } catch (error) {
        if (error instanceof Impossible && /^(users_not_found|missing_scope)$/.test(error.code)) return undefined;
        throw error;
      }
    },

    /** What somebody is called, as far as it is known or soon heard. */
    async called(id: string): Promise<string | undefined> {
      const at = now().getTime();
      const remembered = known.get(id)?.person;
      if (remembered) return remembered.name;
      if (silentUntil > at || (nameless.get(id) ?? 0) > at) return undefined;
      const { name } = await heard(id);
      if (name === undefined) nameless.set(id, at + recent);
      return name;
    },
  };
}

/** The full name: documents are read by people who do not know what somebody is called in Slack. */
const nameOf = ({ profile, real_name: full }: User): string | undefined =>
  profile.real_name || full || profile.display_name || undefined;

function kindOf(user: User, team: string): Kind {
  if (user.deleted) return 'deactivated';
  // Slackbot says of itself that it is none.
  if (user.is_bot || user.id === 'USLACKBOT') return 'bot';
  if (user.is_stranger || (user.team_id !== undefined && user.team_id !== team)) return 'stranger';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member';
}
