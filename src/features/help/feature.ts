import type { Feature } from '../../feature.ts';
import { context, type Message, section } from '../../slack/blocks.ts';
import type { Subcommand } from '../../slack/subcommand.ts';

/** Made from the sub-commands themselves, so that it cannot forget one. */
export function helpMessage(subcommands: Subcommand[]): Message {
  const lines = (where: Subcommand['where']) =>
    subcommands.filter((one) => one.where === where).map(({ usage, help }) => `\`/incident ${usage}\`\n${help}`);
  return {
    text: 'What I understand',
    blocks: [
      section(['*Anywhere*', ...lines('anywhere')].join('\n')),
      section(['*In an incident* (elsewhere I ask which one)', ...lines('incident')].join('\n')),
      context(
        '`/inc` is short for `/incident`. Outside an incident, whatever else you type becomes the title of a new one.',
      ),
    ],
  };
}

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
