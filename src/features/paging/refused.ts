import { RefusedToken } from '../../integrations/http.ts';
import type { Done, Effect } from '../../outbox/effect.ts';
import { tellPerson } from '../../slack/answer.ts';
import type { Outside } from '../../slack/outside.ts';
import { refusedMessage } from './views.ts';

const hour = 60 * 60_000;
/** A token that is put right is noticed after so long. Milliseconds. */
const lookAgain = 60_000;

/** Those who can have it put right hear of it, once an hour while it lasts; and it is tried again. Throws what is anything else. */
export function whenRefused(error: unknown, effect: Effect, { policy, now }: Pick<Outside, 'policy' | 'now'>): Done {
  if (!(error instanceof RefusedToken)) throw error;
  const since = Math.floor(now().getTime() / hour);
  const told = policy.incidentAdmins.map((person) =>
    tellPerson(person, `pagerduty-refused:${since}:${person}`, refusedMessage(error.message)),
  );
  return { next: [{ ...effect, runAt: new Date(now().getTime() + lookAgain) }, ...told] };
}
