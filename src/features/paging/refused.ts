import type { Effect } from '../../outbox/effect.ts';
import { tellPerson } from '../../slack/answer.ts';
import type { Outside } from '../../slack/outside.ts';
import { refusedMessage } from './views.ts';

const hour = 60 * 60_000;

/** Those who can have it put right hear of it, once an hour while it lasts. */
export function tellAdmins({ policy, now }: Pick<Outside, 'policy' | 'now'>, why: string): Effect[] {
  const since = Math.floor(now().getTime() / hour);
  return policy.incidentAdmins.map((person) =>
    tellPerson(person, `pagerduty-refused:${since}:${person}`, refusedMessage(why)),
  );
}
