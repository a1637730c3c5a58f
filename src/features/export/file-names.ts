import { channelName } from '../../incident/channel-name.ts';
import type { Incident } from '../../incident/incident.ts';

/** Long titles say no more in a list of files. */
const longest = 60;

/**
 * What files about an incident are called: `incident-12-checkout-is-failing`. Letters, digits and dashes of ASCII and nothing else,
 * so that no title leads out of a folder; a private one's says nothing of what it is about.
 */
export function baseName(incident: Pick<Incident, 'number' | 'title' | 'isPrivate'>): string {
  return channelName('incident-{number}-{title}', incident).slice(0, longest).replace(/-+$/, '');
}

const endings: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

/** By the id, which Slack made, and never by what somebody called it. */
export const imageName = ({ id, type }: { id: string; type: string }): string =>
  `${id.replaceAll(/[^\w-]/g, '')}.${endings[type] ?? 'bin'}`;

/** `2026-03-02-1104`, as part of a file's name. */
export const stampOf = (at: Date): string => at.toISOString().slice(0, 16).replace('T', '-').replace(':', '');
