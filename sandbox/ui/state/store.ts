/** What the sandbox told this window: one signal for each thing that changes by itself. */
import { computed, signal } from '@preact/signals';
import type { AppFace, BotStatus, ClockState, Delta, PersonInfo, SeenChannel, Snapshot, View } from '../../wire.ts';

/** opening: never heard anything; lost: heard, and the line is gone. */
export const line = signal<'opening' | 'open' | 'lost' | 'nobody'>('opening');

export const team = signal('');
export const viewer = signal<PersonInfo | undefined>(undefined);
export const people = signal<ReadonlyMap<string, PersonInfo>>(new Map());
export const channels = signal<ReadonlyMap<string, SeenChannel>>(new Map());
export const usergroups = signal<ReadonlyMap<string, string>>(new Map());
export const views = signal<readonly View[]>([]);
export const home = signal<View | null>(null);
export const app = signal<AppFace | undefined>(undefined);
export const bot = signal<BotStatus>({ state: 'absent', restarts: 0 });
export const violations = signal(0);

export const botPerson = computed(() => [...people.value.values()].find(({ isBot }) => isBot));

export const clock = signal<ClockState>({ now: Date.now(), running: true, due: null });
/** performance.now() when the clock was told */
let toldAt = performance.now();

export function now(): number {
  const { now: told, running } = clock.peek();
  return running ? told + performance.now() - toldAt : told;
}

function setClock(state: ClockState) {
  toldAt = performance.now();
  clock.value = state;
}

const byId = <T extends { id: string }>(list: T[]) => new Map(list.map((one) => [one.id, one]));
const handles = (groups: { id: string; handle: string }[]) => new Map(groups.map(({ id, handle }) => [id, handle]));

export function takeSnapshot(snapshot: Snapshot) {
  team.value = snapshot.team;
  viewer.value = snapshot.person;
  people.value = byId(snapshot.people);
  usergroups.value = handles(snapshot.usergroups);
  channels.value = byId(snapshot.channels);
  views.value = snapshot.views;
  home.value = snapshot.home;
  app.value = snapshot.app;
  bot.value = snapshot.bot;
  violations.value = snapshot.violations;
  setClock(snapshot.clock);
}

export function takeDelta(delta: Delta) {
  if (delta.people) takePeople(delta.people);
  if (delta.usergroups) usergroups.value = handles(delta.usergroups);
  if (delta.channels || delta.hidden) takeChannels(delta.channels ?? [], delta.hidden ?? []);
  if (delta.views) views.value = delta.views;
  if (delta.home !== undefined) home.value = delta.home;
  if (delta.bot) bot.value = delta.bot;
  if (delta.clock) setClock(delta.clock);
  if (delta.violations !== undefined) violations.value = delta.violations;
}

function takePeople(all: PersonInfo[]) {
  people.value = byId(all);
  viewer.value = people.value.get(viewer.peek()?.id ?? '') ?? viewer.peek();
}

function takeChannels(changed: SeenChannel[], hidden: string[]) {
  const next = new Map(channels.peek());
  for (const channel of changed) next.set(channel.id, channel);
  for (const id of hidden) next.delete(id);
  channels.value = next;
}

export const isMember = (channel: SeenChannel | undefined) =>
  channel?.members.includes(viewer.value?.id ?? '') ?? false;

export const isUnread = ({ latest, mark }: SeenChannel) => latest > mark;
