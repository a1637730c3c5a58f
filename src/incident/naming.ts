import type { Policy } from '../policy.ts';
import { channelName } from './channel-name.ts';
import type { Rename } from './commands.ts';
import { type Decision, one } from './decision.ts';
import type { Incident } from './incident.ts';

export function rename(incident: Incident, { title }: Rename, policy: Policy): Decision {
  if (title === incident.title) return { refused: 'nothing-to-change' };
  return one({
    type: 'renamed',
    from: incident.title,
    to: title,
    channelName: channelName(policy.channelName, { ...incident, title }),
  });
}

/** The name of its channel says nothing of it from now on. */
export function makePrivate(incident: Incident, policy: Policy): Decision {
  if (incident.isPrivate) return { refused: 'private-already' };
  return one({ type: 'madePrivate', channelName: channelName(policy.channelName, { ...incident, isPrivate: true }) });
}
