import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Incident, Place } from '../incident/incident.ts';
import { isOver } from '../incident/lifecycle.ts';
import { type Action, denial } from '../may.ts';
import { type Done, defineEffect, type Effect, type EffectKind } from '../outbox/effect.ts';
import { Impossible } from '../outbox/failures.ts';
import { pinned } from '../store/marks.ts';
import type { Message } from '../store/messages.ts';
import { tellPerson } from './answer.ts';
import type { Inside } from './inside.ts';
import { onEvent } from './listen.ts';
import { incidentOf, type Outside } from './outside.ts';
import { denialText, refusalText } from './refusals.ts';
import { SlackMessage, toMessage } from './said.ts';

/** What a reaction on a message asks for, while somebody's is there. */
export interface Wish {
  /** The feature whose it is; kind and key begin with it. */
  name: string;
  /** The reaction that asks. */
  asks: string;
  /** A pin of Slack's asks as well. */
  pins?: boolean;
  may: Action;
  /** Not of an incident that is over. */
  whileOpen: boolean;
  /** What is told of when it fails for good: "make a task of a message". */
  purpose: string;
  /** What somebody is told who may not, before the reason. */
  undone: string;
  /** What is to be done, as things stand now. */
  heed(incident: Incident, seen: SeenMessage, by: Asked): Done;
}

/** A wish that is listened to. */
export interface HeededWish {
  effect: EffectKind<Outside>;
  listen(app: App, inside: Inside): void;
  take(inside: Inside, at: Place, asked: Asked, delivery: string, added: boolean): Promise<void>;
  /** What to look at again, of marks that came and went while Slack told nothing. */
  missed(marks: readonly MarkSeen[]): Effect[];
}

/** Who asked or stopped asking, and by what: a reaction, or a pin of Slack's. */
export interface Asked {
  person: string;
  how: 'reaction' | 'pin';
}

/** A message as it stands in Slack at this moment. */
export interface SeenMessage {
  /** As it would be kept, for what has not been captured (yet). */
  message: Message;
  /** Who asks by the reaction, the bot aside. */
  asking: string[];
  pinned: boolean;
}

const Payload = z.object({
  incident: z.string(),
  channel: z.string(),
  ts: z.string(),
  person: z.string(),
  how: z.enum(['reaction', 'pin']).default('reaction'),
});

/**
 * Looks at the reactions and pins as they stand, whatever order they were told in, so a late or repeated event does no harm. What the
 * bot answers with must be another reaction than the one that asks.
 */
export function defineWish(wish: Wish): HeededWish {
  const effect = defineEffect(`${wish.name}.heed-reaction`, Payload, {
    purpose: wish.purpose,
    async run({ incident: id, channel, ts, ...by }, outside: Outside): Promise<Done> {
      const incident = await incidentOf(outside, id);
      // Asked here too: of what the history showed, nobody has been asked before.
      const person = by.person === outside.identity().botUser ? undefined : await outside.people.who(by.person);
      if (!person || denial(outside.policy, person, wish.may, incident, { here: true })) return {};
      const seen = await lookAt(outside, incident, { channel, ts }, wish.asks);
      return seen ? wish.heed(incident, seen, by) : {};
    },
  });

  async function take(inside: Inside, at: Place, asked: Asked, delivery: string, added: boolean): Promise<void> {
    const { person } = asked;
    if (person === inside.identity().botUser) return;
    const incident = await inside.store.read((tx) => tx.incidents.byChannel(at.channel));
    if (!incident) return;
    const denied = denial(inside.policy, await inside.people.who(person), wish.may, incident, { here: true });
    const tooLate = wish.whileOpen && isOver(incident) ? refusalText('incident-over') : undefined;
    const why = denied ? denialText(denied) : tooLate;
    // Who may not is told, once, when they ask; taking it away needs no answer.
    if (why && added) return inside.enqueue([tellPerson(person, delivery, { text: `${wish.undone} ${why}` })]);
    if (!why) await inside.enqueue([heeding(incident.id, at, asked)]);
  }

  const heeding = (incident: string, { channel, ts }: Place, { person, how }: Asked): Effect => ({
    kind: effect.kind,
    key: `heed:${wish.name}:${how}:${channel}:${ts}:${person}`,
    incident,
    payload: { incident, channel, ts, person, how },
    lane: 'channel',
    gate: 'reactions.get',
    orderKey: `heed:${wish.name}:${channel}:${ts}`,
  });

  return {
    effect,
    take,
    missed: (marks) =>
      marks.flatMap(({ incident, name, person, ...at }) => {
        const how = name === wish.asks ? 'reaction' : wish.pins && name === pinned ? 'pin' : undefined;
        return how && person ? [heeding(incident, at, { person, how })] : [];
      }),
    listen(app, inside) {
      const heed = async ({ user, reaction, item }: Reacted, delivery: string, added: boolean): Promise<void> => {
        const { channel, ts } = item;
        if (reaction !== wish.asks || !channel || !ts) return;
        await take(inside, { channel, ts }, { person: user, how: 'reaction' }, delivery, added);
      };
      onEvent(app, 'reaction_added', inside, (event, delivery) => heed(event, delivery, true));
      onEvent(app, 'reaction_removed', inside, (event, delivery) => heed(event, delivery, false));
    },
  };
}

/** A reaction or a pin that the history of a channel shows, or shows no more. */
export interface MarkSeen extends Place {
  incident: string;
  name: string;
  person: string;
}

interface Reacted {
  user: string;
  reaction: string;
  item: { type: string; channel?: string; ts?: string };
}

const Reactions = z.object({ message: SlackMessage });

/** Undefined where it was deleted. */
async function lookAt(
  { slack, identity }: Outside,
  incident: Incident,
  at: Place,
  asks: string,
): Promise<SeenMessage | undefined> {
  const asked = { channel: at.channel, timestamp: at.ts, full: true };
  const { message } = await slack.call('reactions.get', asked, Reactions).catch((error: unknown) => {
    if (error instanceof Impossible && error.code === 'message_not_found') return { message: undefined };
    throw error;
  });
  if (!message) return undefined;
  const { botUser } = identity();
  const users = message.reactions?.find(({ name }) => name === asks)?.users ?? [];
  return {
    message: toMessage(message, at.channel, incident.id),
    asking: users.filter((user) => user !== botUser),
    pinned: message.pinned_to?.includes(at.channel) ?? false,
  };
}

const Mark = z.object({ channel: z.string(), ts: z.string(), name: z.string(), there: z.boolean() });

const asWanted = new Set(['already_reacted', 'no_reaction', 'message_not_found']);

/** The bot's own reaction on a message. It has no purpose to be told of: what it stands for is there without it. */
export const mark = defineEffect('slack.mark', Mark, {
  async run({ channel, ts, name, there }, { slack }: Outside) {
    const at = { channel, timestamp: ts, name };
    await slack.call(there ? 'reactions.add' : 'reactions.remove', at).catch((error: unknown) => {
      if (!(error instanceof Impossible) || !asWanted.has(error.code)) throw error;
    });
    return {};
  },
});

/** `there`: whether the bot's reaction `name` is to be on the message. */
export function marking(incident: Incident, { channel, ts }: Place, name: string, there: boolean): Effect {
  return {
    kind: mark.kind,
    key: `mark:${name}:${channel}:${ts}`,
    incident: incident.id,
    payload: { channel, ts, name, there },
    lane: 'cosmetic',
    gate: there ? 'reactions.add' : 'reactions.remove',
    orderKey: `mark:${channel}:${ts}`,
  };
}
