import { RefusedToken } from '../../integrations/http.ts';
import type { Done, Effect } from '../../outbox/effect.ts';
import type { Outside } from '../../slack/outside.ts';
import { tellAdmins } from './admins.ts';
import { refusedMessage } from './views.ts';

/** A token that is put right is noticed after so long. Milliseconds. */
const lookAgain = 60_000;

/** Those who can have it put right hear of it, once an hour while it lasts; and it is tried again. Throws what is anything else. */
export function whenRefused(error: unknown, effect: Effect, outside: Pick<Outside, 'policy' | 'now'>): Done {
  if (!(error instanceof RefusedToken)) throw error;
  const told = tellAdmins('pagerduty-refused', refusedMessage(error.message), outside);
  return { next: [{ ...effect, runAt: new Date(outside.now().getTime() + lookAgain) }, ...told] };
}
