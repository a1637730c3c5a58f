/** What the tour says at each step, and what it offers to do. */
import type { Page } from '../blocks/contract.ts';
import { killInTheMiddle } from './kill.ts';
import { isFormOpen, isPractice } from './steps.ts';
import type { Tour } from './use-tour.ts';

type Offer = { label: string; do: () => void };
export type Card = { title: string; text: string; offer?: Offer };

/** What a card may ask of the tour around it. */
export type Hands = { busy: boolean; carry(work: Promise<unknown>): void; leave(): void };

export function cardFor(page: Page, tour: Tour, hands: Hands): Card {
  if (page.bot.value.state === 'absent')
    return { title: 'There is no bot here', text: 'Stop the sandbox and type `npm start`: it starts both.' };
  return [declare, look, update, kill, resolve, end][tour.step]?.(page, tour, hands) ?? end(page, tour, hands);
}

const command = '/incident Checkout fails for some customers';

function declare(page: Page, { seen }: Tour): Card {
  if (isFormOpen(seen))
    return {
      title: 'Say what you know',
      text: 'Tick *Practice* at the end of the form: a drill is not announced and not counted. Then press *Declare*.',
    };
  const incidents = [...page.channels.value.values()].find(({ name }) => name === 'incidents');
  const write = () => {
    if (incidents) page.openChannel(incidents.id);
    // The composer of that channel has to be there first.
    requestAnimationFrame(() => page.write(command));
  };
  return {
    title: 'Something is broken. Declare it.',
    text: `A workspace with a bot in it, and nobody is really harmed. Type \`${command}\` below and press Enter; in the form tick *Practice*.`,
    offer: { label: 'Type it for me', do: write },
  };
}

function look(page: Page, { memory, seen }: Tour): Card {
  const { channel = '' } = memory;
  const drill = isPractice(seen, channel) ? ' It is a drill: nobody else is told.' : '';
  return {
    title: 'It has a channel',
    text: `<#${channel}> opened and you are in it.${drill} Its first message is the headline: one message that stays true, with what can be done about it.`,
    offer: { label: 'Go there', do: () => page.openChannel(channel) },
  };
}

function update(page: Page, { memory }: Tour): Card {
  const write = () => {
    page.openChannel(memory.channel ?? '');
    requestAnimationFrame(() => page.write('/incident update Cards fail at payment; we are rolling back.'));
  };
  return {
    title: 'Tell people what you know',
    text: 'Press *Post update* on the headline, or write it as one line: `/incident update …`. The headline follows.',
    offer: { label: 'Write one for me', do: write },
  };
}

function kill(page: Page, { memory, remember }: Tour, { busy, carry }: Hands): Card {
  const work = async () => remember({ killedAfter: await killInTheMiddle(page, memory.channel ?? '') });
  if (memory.killedAfter)
    return {
      title: 'Killed. Watch the channel.',
      text: `The bot had said “I have it” and nothing more when \`kill -9\` hit it. It is coming back, and the update will be there, once. If it was being sent just then, Slack gets 25 seconds to show it before it is sent again.`,
    };
  return {
    title: 'Now kill the bot',
    text: 'We send an update and `kill -9` the bot in the very moment it has acknowledged it, before it could do anything. What it acknowledged must not be lost.',
    offer: { label: busy ? 'Killing it…' : 'Update, and kill -9', do: () => carry(work()) },
  };
}

function resolve(page: Page, { memory }: Tour): Card {
  const write = () => {
    page.openChannel(memory.channel ?? '');
    requestAnimationFrame(() => page.write('/incident resolve'));
  };
  return {
    title: 'Nothing was lost. Resolve it.',
    text: 'The update is there, once. Press *Resolve* on the headline and say since when customers are well again.',
    offer: { label: 'Write it for me', do: write },
  };
}

function end(page: Page, _: Tour, { leave }: Hands): Card {
  const ben = page.viewer.value?.name === 'ben' ? 'ana' : 'ben';
  return {
    title: 'That was an incident',
    text: 'Now break things: *World* at the top winds the clock, brings 429s and lost replies, and shows all that passes. Or be somebody else.',
    offer: {
      label: `Act as ${ben}`,
      do: () => {
        leave();
        page.actAs(ben);
      },
    },
  };
}
