/** What lies over the page: one dialog at a time, and short messages that go by themselves. */
import { signal } from '@preact/signals';
import type { Message } from '../../wire.ts';
import { wantsTour } from '../tour/kept.ts';

export type Overlay =
  | { kind: 'person'; id: string }
  | { kind: 'channels' }
  | { kind: 'new-channel' }
  | { kind: 'channel'; id: string; tab: 'about' | 'members' }
  | { kind: 'jump' }
  | { kind: 'delete'; message: Message }
  | { kind: 'archive'; id: string };

export const overlay = signal<Overlay | undefined>(undefined);

export const closeOverlay = () => {
  overlay.value = undefined;
};

export type WorldTab = 'World' | 'PagerDuty' | 'Traffic';

/** A link to PagerDuty opens the page with it: what stands there is no place in Slack. */
const wantsPagerDuty = new URLSearchParams(location.search).get('world') === 'pagerduty';
export const worldIsOpen = signal(wantsPagerDuty);
export const worldTab = signal<WorldTab>(wantsPagerDuty ? 'PagerDuty' : 'World');

export function openWorld(tab: WorldTab) {
  worldTab.value = tab;
  worldIsOpen.value = true;
}

export const sidebarIsOpen = signal(false);
export const tourIsOpen = signal(wantsTour());

export type Toast = { id: number; words: string };

export const toasts = signal<readonly Toast[]>([]);
const stayMs = 6000;
let count = 0;

export function toast(words: string) {
  count += 1;
  const id = count;
  toasts.value = [...toasts.value, { id, words }];
  setTimeout(() => dropToast(id), stayMs);
}

export function dropToast(id: number) {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

/** Tells a person what could not be done; the promise itself never fails. */
export function trying(work: Promise<unknown>): void {
  work.catch((error: unknown) => toast(error instanceof Error ? error.message : String(error)));
}
