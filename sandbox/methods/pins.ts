import type { Json } from '../json.ts';
import { permalink, pin, react, unpin, unreact, wireMessage } from '../messages.ts';
import { bot } from '../people.ts';
import { refuse } from '../refusal.ts';
import { type Call, channelOf, type Method, messageOf, openChannel, ownChannel } from './method.ts';

/** A channel holds a hundred pins. */
const mostPins = 100;
const emojiName = /^[\p{L}\p{N}_+'-]+(?:::skin-tone-[2-6])?$/u;

function addPin(call: Call): Json {
  const channel = ownChannel(call);
  const message = messageOf(channel, timestampOf(call));
  if (channel.pins.some(({ ts }) => ts === message.ts)) refuse('already_pinned');
  if (channel.pins.length >= mostPins) refuse('too_many_pins');
  pin(call.slack, channel, message, bot.userId);
  return {};
}

function removePin(call: Call): Json {
  const channel = ownChannel(call);
  const message = messageOf(channel, timestampOf(call));
  if (!channel.pins.some(({ ts }) => ts === message.ts)) refuse('no_pin');
  unpin(call.slack, channel, message, bot.userId);
  return {};
}

function listPins(call: Call): Json {
  const channel = channelOf(call);
  const items = channel.pins.flatMap(({ ts, by, created }) => {
    const message = channel.byTs.get(ts);
    if (!message) return [];
    const shown = { ...wireMessage(message), permalink: permalink(call.slack, message) };
    return [{ type: 'message', channel: channel.id, created, created_by: by, message: shown }];
  });
  return { items: items.reverse() };
}

function timestampOf({ args }: Call): string {
  const ts = args.text('timestamp') ?? refuse('no_item_specified');
  return /^\d+\.\d+$/.test(ts) ? ts : refuse('bad_timestamp');
}

function emojiOf({ args }: Call): string {
  const name = args.need('name').replaceAll(/^:|:$/g, '');
  return emojiName.test(name) ? name : refuse('invalid_name');
}

function addReaction(call: Call): Json {
  const channel = openChannel(call);
  const message = messageOf(channel, timestampOf(call));
  // 23 different emoji from one person, 50 from everybody.
  if ((message.reactions?.length ?? 0) >= 50) refuse('too_many_emoji');
  if (!react(call.slack, channel, message, bot.userId, emojiOf(call))) refuse('already_reacted');
  return {};
}

function removeReaction(call: Call): Json {
  const channel = ownChannel(call);
  const message = messageOf(channel, timestampOf(call));
  if (!unreact(call.slack, channel, message, bot.userId, emojiOf(call))) refuse('no_reaction');
  return {};
}

function getReactions(call: Call): Json {
  const channel = channelOf(call);
  const message = messageOf(channel, timestampOf(call));
  return {
    type: 'message',
    channel: channel.id,
    message: { ...wireMessage(message), permalink: permalink(call.slack, message) },
  };
}

export const pins: Record<string, Method> = {
  'pins.add': { tier: 'T2', scopes: ['pins:write'], run: addPin },
  'pins.remove': { tier: 'T2', scopes: ['pins:write'], run: removePin },
  'pins.list': { tier: 'T2', scopes: ['pins:read'], run: listPins },
  'reactions.add': { tier: 'T3', scopes: ['reactions:write'], run: addReaction },
  'reactions.remove': { tier: 'T2', scopes: ['reactions:write'], run: removeReaction },
  'reactions.get': { tier: 'T3', scopes: ['reactions:read'], run: getReactions },
};
