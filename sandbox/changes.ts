/** What is not as it was, so that a window is told just that. */
import type { Message } from './wire.ts';
import type { ChannelRecord } from './workspace.ts';

export type Change =
  | { kind: 'message'; message: Message }
  | { kind: 'ephemeral'; user: string; message: Message }
  | { kind: 'channel'; channel: ChannelRecord }
  | { kind: 'mark'; user: string; channel: ChannelRecord }
  | { kind: 'people' }
  | { kind: 'views'; user: string }
  | { kind: 'home'; user: string }
  /** to be saved; messages tell of them */
  | { kind: 'files' }
  | { kind: 'everything' };
