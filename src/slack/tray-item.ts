import type { Incident } from '../incident/incident.ts';
import type { Action, Person } from '../may.ts';

/** In the order in which the tray shows them, a row each; what is rarely wanted goes into a menu. */
export const trayGroups = ['respond', 'people', 'work', 'rare'] as const;

/** Something one can do about an incident, as the tray offers it. */
export interface TrayItem {
  /** The action that a feature listens to by `onPress`; it is given the incident's id. */
  action: string;
  label: string;
  group: (typeof trayGroups)[number];
  /** Not offered to whoever may not. */
  may: Action;
  /** Whether it can be done as the incident stands. */
  when(incident: Incident, person: Person): boolean;
}
