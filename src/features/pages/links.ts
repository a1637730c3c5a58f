import type { Place } from '../../incident/incident.ts';
import { type Identity, permalink } from '../../slack/outside.ts';

/** Addresses in Slack. */
export const linker = (identity: () => Identity) => (place: Place) => permalink(identity(), place);
