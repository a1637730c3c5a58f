/** Where this window is. */
import { computed, signal } from '@preact/signals';
import { hashOf, type Place, placeOf } from './address.ts';

const rememberedAs = 'sandbox:person';

const defaultPerson = () => localStorage.getItem(rememberedAs) ?? 'ana';

export const place = signal<Place>(placeOf(location.hash, defaultPerson()));

export const personName = computed(() => place.value.person);

/** Two windows of one person would otherwise fight over who the next window is. */
export function remember(person: string) {
  localStorage.setItem(rememberedAs, person);
}

export function go(next: Partial<Place>) {
  location.hash = hashOf({ person: place.peek().person, ...next });
}

/** Without a step for the back button. */
export function settle(next: Place) {
  history.replaceState(null, '', hashOf(next));
  place.value = next;
}

export function followAddress() {
  addEventListener('hashchange', () => {
    place.value = placeOf(location.hash, place.peek().person);
  });
}
