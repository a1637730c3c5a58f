/** Who is on call, policy by policy and level by level. */
import type { PartProps } from './panel.tsx';

export function OnCallPart({ pager }: PartProps) {
  const names = (users: string[]) =>
    users.map((user) => pager.users.find(({ id }) => id === user)?.name ?? user).join(', ');
  return (
    <section class="world-part" aria-labelledby="pager-on-call">
      <h3 id="pager-on-call">On call</h3>
      <table class="pager-on-call">
        <thead>
          <tr>
            <th scope="col">Escalation policy</th>
            <th scope="col">Now</th>
            <th scope="col">Next</th>
          </tr>
        </thead>
        <tbody>
          {pager.onCall.map(({ policy, level, now, next }) => (
            <tr key={`${policy} ${level}`}>
              <th scope="row">
                {level === 1 ? (
                  pager.policies.find(({ id }) => id === policy)?.name
                ) : (
                  <span class="soft">then, level {level}</span>
                )}
              </th>
              <td>{names(now) || <span class="pager-nobody">nobody</span>}</td>
              <td class="soft">{names(next) || (now.length > 0 && 'the same')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
