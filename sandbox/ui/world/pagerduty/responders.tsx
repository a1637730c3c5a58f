/** Who was asked to help with an incident of PagerDuty's, and what they answer: each for themselves, whoever else acts above. */
import type { PagerDeed, PagerIncident, PagerResponder } from '../../../pagerduty/wire.ts';
import type { PartProps } from './panel.tsx';

const said: Record<PagerResponder['state'], string> = {
  pending: 'was asked to help',
  joined: 'comes to help',
  declined: 'cannot come',
  user_cancelled: 'is needed no more',
};

export function Responders({ pager, set, incident }: Pick<PartProps, 'pager' | 'set'> & { incident: PagerIncident }) {
  if (incident.responders.length === 0) return null;
  return (
    <ul class="pager-responders">
      {incident.responders.map(({ user, askedAt, state }) => {
        const { name, handle } = pager.users.find((one) => one.id === user) ?? { name: user, handle: user };
        const answer = (label: string, what: 'accept' | 'decline') => (
          <button
            type="button"
            class="bk-button"
            aria-label={`${label} for ${name} #${incident.number}`}
            onClick={() => set(`/pagerduty/people/${handle}`, { do: what, incident: incident.id } satisfies PagerDeed)}
          >
            {label}
          </button>
        );
        return (
          <li key={`${user}-${askedAt}`} class="soft">
            {name} {said[state]}
            {state === 'pending' && incident.status !== 'resolved' && (
              <span class="world-buttons">
                {answer('Accept', 'accept')} {answer('Decline', 'decline')}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
