import type { Feature } from '../../feature.ts';
import { findSubcommand, listen, listSubcommand } from './slack.ts';

/** What is going on, what was, and where something was said. */
export const list: Feature = { name: 'list', subcommands: [listSubcommand, findSubcommand], listeners: listen };
