import type { SandboxClient } from '../../sandbox/client.ts';
import type { Channel, Message } from '../../sandbox/wire.ts';
import { eventually } from './eventually.ts';
import { fits, wordsOf } from './shown.ts';

/** A channel as a story looks at it. */
export type Room = ReturnType<typeof room>;

const readable = (messages: Message[]) => messages.map((message) => `- ${wordsOf(message)}`).join('\n');

export function room(slack: SandboxClient, { id, name }: { id: string; name: string }) {
  const messages = (): Promise<Message[]> => slack.messages(id);
  const seen = async () => readable(await messages());

  async function channel(): Promise<Channel> {
    const found = await slack.channel(id);
    if (!found) throw new Error(`there is no channel ${name}`);
    return found;
  }

  async function headline(pattern: string | RegExp = /./): Promise<Message> {
    return eventually(
      `a headline in #${name} that says ${pattern}`,
      async () => (await messages()).find((message) => isHeadline(message) && fits(wordsOf(message), pattern)),
      { seen },
    );
  }

  return {
    id,
    name,
    messages,
    channel,
    headline,

    /** The newest message that fits, replies in threads included. */
    async shows(pattern: string | RegExp, { mentioning }: { mentioning?: { id: string } } = {}): Promise<Message> {
      return eventually(
        `a message ${pattern} in #${name}${mentioning ? ` that rings ${mentioning.id}` : ''}`,
        async () =>
          (await messages()).findLast(
            (message) =>
              fits(wordsOf(message), pattern) &&
              (!mentioning || (message.notifies?.users ?? []).includes(mentioning.id)),
          ),
        { seen },
      );
    },

    /** How many messages fit now, replies included. */
    async count(pattern: string | RegExp): Promise<number> {
      return (await messages()).filter((message) => fits(wordsOf(message), pattern)).length;
    },

    async hasTopic(pattern: string | RegExp): Promise<string> {
      return eventually(
        `the topic of #${name} to be ${pattern}`,
        async () => {
          const { topic } = await channel();
          return fits(topic, pattern) ? topic : undefined;
        },
        { seen: async () => (await channel()).topic },
      );
    },

    /** Waits until the channel as it is answers a question with yes. */
    async becomes(what: string, is: (channel: Channel) => boolean): Promise<Channel> {
      return eventually(
        `#${name} to be ${what}`,
        async () => {
          const now = await channel();
          return is(now) ? now : undefined;
        },
        { seen: async () => JSON.stringify(await channel()) },
      );
    },
  };
}

/** The living message at the top: a header block with the incident's number. */
export const isHeadline = ({ ts, blocks, thread_ts: thread, ephemeralFor }: Message): boolean =>
  blocks?.[0]?.type === 'header' && (!thread || thread === ts) && !ephemeralFor;
