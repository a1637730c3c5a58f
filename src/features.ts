import type { Feature } from './feature.ts';
import { announcement } from './features/announcement/feature.ts';
import { channel } from './features/channel/feature.ts';
import { declare } from './features/declare/feature.ts';
import { help } from './features/help/feature.ts';
import { lifecycle } from './features/lifecycle/feature.ts';
import { list } from './features/list/feature.ts';
import { severity } from './features/severity/feature.ts';
import { updates } from './features/updates/feature.ts';

/** Everything the bot can do, one line each; help shows sub-commands in this order. */
export const features: Feature[] = [declare, list, help, updates, lifecycle, severity, channel, announcement];
