import type { Button } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import { button } from '../../slack/blocks.ts';

/** What can still be done about an incident that is over, as buttons on its headline. */
export function buttonsWhenOver(incident: Incident): Button[] {
  const update = button('open-update', 'Post update', incident.id);
  const { status, mergedInto } = incident;
  if (status === 'merged') return mergedInto && !mergedInto.isPrivate ? [joinOther(mergedInto)] : [];
  const reopen = button('open-reopen', 'Reopen', incident.id);
  if (status === 'resolved') return [update, reopen, button('open-close', 'Close', incident.id)];
  return status === 'closed' ? [update, reopen] : [update];
}

/** Takes somebody to the incident where it goes on. */
export const joinOther = ({ id, number }: { id: string; number: number }): Button =>
  button('join', `Join #${number}`, id);
