import type { Feature } from '../../feature.ts';
import { listen, traySubcommand } from './slack.ts';

/** Everything one can do now, in one ephemeral message: a bare `/incident` in an incident's channel, and *More* on its headline. */
export const tray: Feature = { name: 'tray', subcommands: [traySubcommand], listeners: listen };
