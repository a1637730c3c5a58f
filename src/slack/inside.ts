import type { ModalView } from '@slack/types';
import type { Desk } from '../desk.ts';
import type { Log } from '../log.ts';
import type { Effect } from '../outbox/effect.ts';
import type { Paging } from '../paging.ts';
import type { Policy } from '../policy.ts';
import type { Store } from '../store/store.ts';
import type { Slack } from './api.ts';
import type { Message } from './blocks.ts';
import type { PressHandler } from './listen.ts';
import type { Identity } from './outside.ts';
import type { People } from './people.ts';
import type { Subcommand } from './subcommand.ts';
import type { TrayItem } from './tray-item.ts';

/** What listeners are given to work with. */
export interface Inside {
  desk: Desk;
  store: Store;
  slack: Slack;
  people: People;
  policy: Policy;
  identity: () => Identity;
  subcommands: Subcommand[];
  tray: TrayItem[];
  /** What happens at each press, filled in by `onPress`: a menu leads to what a button does. */
  presses: Map<string, PressHandler>;
  /** The types of events that somebody listens to, filled in as they do; the others need no work. */
  wantedEvents: Set<string>;
  /** By what people are woken; undefined where nothing is set up. */
  paging?: Paging | undefined;
  now: () => Date;
  log: Log;
  /** Puts work into the outbox that belongs to no incident's event: an answer to a press. */
  enqueue: (effects: Effect[]) => Promise<void>;
  /** The same together with what else is kept: all or nothing. */
  transact: Store['transact'];
  /** Takes up again what failed for good, since somebody put right why; how many there were. */
  revive: (incident: string) => Promise<number>;
}

/** What a person gets back: a message that only they see, a form, or nothing because they see it happen. */
export type Reply = Message | Opening | undefined;

export interface Opening {
  open: ModalView;
  /** Called once the form is open, by which it can be filled in with what takes longer; nobody waits for it. */
  opened?: (view: { id: string; hash: string }) => void;
}
