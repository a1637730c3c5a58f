import type { KnownBlock } from '@slack/types';
import type { Feature } from '../../feature.ts';
import { context, escape, type Message, section } from '../../slack/blocks.ts';
import type { Subcommand } from '../../slack/subcommand.ts';

/** Made from the sub-commands themselves, so that it cannot forget one. */
export function helpMessage(subcommands: Subcommand[]): Message {
  const lines = (where: Subcommand['where']) =>
    subcommands
      .filter((one) => one.where === where)
      .map(({ usage, help }) => `\`/incident ${escape(usage)}\`\n${help}`);
  return {
    text: 'What I understand',
    blocks: [
      ...inSections(['*Anywhere*', ...lines('anywhere')]),
      ...inSections(['*In an incident* (elsewhere I ask which one)', ...lines('incident')]),
      context(
        '`/inc` is short for `/incident`. Outside an incident, whatever else you type becomes the title of a new one.',
      ),
    ],
  };
}

/** A section takes 3,000 characters; with this many lines it stays well below. */
const mostLines = 10;

const inSections = (lines: string[]): KnownBlock[] =>
  lines.length === 0 ? [] : [section(lines.slice(0, mostLines).join('\n')), ...inSections(lines.slice(mostLines))];

export const help: Feature = {
  name: 'help',
  subcommands: [
    {
      name: 'help',
      usage: 'help',
      help: 'Show this.',
      where: 'anywhere',
      run: async (_, { subcommands }) => helpMessage(subcommands),
    },
  ],
};
