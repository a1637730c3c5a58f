import type { Feature } from '../../feature.ts';
import { listen, testSubcommand } from './slack.ts';

/** A drill with everything in it, and nobody else is disturbed. */
export const practice: Feature = { name: 'practice', subcommands: [testSubcommand], listeners: listen };
