/** Messages one person sees. Slack forgets them at a reload, so they are kept in memory and never saved. */
import type { Message } from './wire.ts';

/** Nobody scrolls further back in what only they could see. */
const mostPerPerson = 500;

export type Ephemerals = ReturnType<typeof createEphemerals>;

export function createEphemerals() {
  const byPerson = new Map<string, Message[]>();
  const of = (user: string) => byPerson.get(user) ?? [];
  return {
    add(user: string, message: Message) {
      byPerson.set(user, [...of(user), message].slice(-mostPerPerson));
    },
    in: (user: string, channel: string) => of(user).filter((message) => message.channel === channel),
    find: (user: string, channel: string, ts: string) =>
      of(user).find((message) => message.channel === channel && message.ts === ts),
    remove(user: string, gone: Message) {
      byPerson.set(
        user,
        of(user).filter((message) => message !== gone),
      );
    },
    clear: () => byPerson.clear(),
  };
}
