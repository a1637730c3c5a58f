/** Between the blocks, the panel and the tour on one side and the page around them on the other. */
import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { FieldValue } from '../../client.ts';
import type { BotStatus, Channel, Choice, ClockState, Message, PersonInfo, View, ViewState } from '../../wire.ts';

export type { Choice, FieldValue };

/** Who looks at the blocks, and what they can name. */
export interface BlocksContext {
  /** the viewer: dates are shown in their zone, mentions of them stand out */
  person: PersonInfo;
  /** by id */
  people: ReadonlyMap<string, PersonInfo>;
  channels: ReadonlyMap<string, Channel>;
  /** id → handle */
  usergroups: ReadonlyMap<string, string>;
  openChannel(id: string): void;
  openPerson(id: string): void;
  /** epoch ms on the sandbox clock */
  now(): number;
}

export interface Action {
  blockId: string;
  actionId: string;
  /** of the element: button, static_select, … */
  type: string;
  /** what was chosen; absent for a button */
  value?: FieldValue;
  /** of a button: what it says, for people who listen */
  text?: string;
}

/** Where the blocks stand. */
export interface Surface {
  kind: 'message' | 'modal' | 'home';
  /** action ids whose press is on its way */
  busy?: ReadonlySet<string>;
  /** what stands in the inputs of a modal or a home */
  values?: ViewState;
  /** by block_id */
  errors?: Record<string, string>;
  /** An input changed. What Slack tells the app (dispatch_action, inputs outside of input blocks) goes to `act` as well. */
  change?(blockId: string, actionId: string, value: FieldValue): void;
  act(action: Action): void;
  /** what an external select offers */
  options?(actionId: string, typed: string): Promise<Choice[]>;
  /** keeps a file that a form will name, and gives its id */
  upload?(file: File): Promise<string>;
}

const Scope = createContext<BlocksContext | undefined>(undefined);

export const BlocksProvider = Scope.Provider;

export function useBlocksContext(): BlocksContext {
  const context = useContext(Scope);
  if (!context) throw new Error('blocks are drawn inside a BlocksProvider');
  return context;
}

/** What the world panel and the tour may see and do. */
export interface Page {
  viewer: ReadonlySignal<PersonInfo | undefined>;
  /** those the viewer can see, by id */
  channels: ReadonlySignal<ReadonlyMap<string, Channel>>;
  /** the channel that is open, when one is */
  openId: ReadonlySignal<string | undefined>;
  /** what is loaded of a channel, oldest first */
  messages(channelId: string): ReadonlySignal<readonly Message[]>;
  /** the viewer's modals, the top one last */
  views: ReadonlySignal<readonly View[]>;
  bot: ReadonlySignal<BotStatus>;
  clock: ReadonlySignal<ClockState>;
  /** epoch ms on the sandbox clock */
  now(): number;
  /** how many of Slack's limits the bot broke */
  violations: ReadonlySignal<number>;
  /** the control API: `ask('POST', '/clock', { forward: 60_000 })`; throws with the sandbox's own sentence */
  ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T>;
  openChannel(id: string): void;
  actAs(name: string): void;
  /** puts words into the composer of the open channel, ready to be sent */
  write(text: string): void;
  toast(words: string): void;
}

/** What `WorldPanel` of world/world-panel.tsx and `Tour` of tour/tour.tsx are given; shell/extras.tsx loads them. */
export type PartProps = { page: Page; close: () => void };
