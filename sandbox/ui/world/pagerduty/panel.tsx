/** PagerDuty beside the workspace: what is open in it, who is on call, what of it is down. */
import { useState } from 'preact/hooks';
import type { PagerDeed, PagerSummary } from '../../../pagerduty/wire.ts';
import type { Page } from '../../blocks/contract.ts';
import { usePolled } from '../polled.ts';
import { IncidentList } from './incidents.tsx';
import { OnCallPart } from './on-call.tsx';
import { OpenOne } from './open-one.tsx';
import { OutagePart } from './outages.tsx';

const lookEveryMs = 800;

export type PartProps = {
  page: Page;
  pager: PagerSummary;
  /** as the person chosen above the incidents */
  act(deed: PagerDeed): void;
  /** anything else of the control API */
  set(path: string, body: object): void;
};

export function PagerDutyPanel({ page, doing }: { page: Page; doing(work: Promise<unknown>): void }) {
  const [pager, look] = usePolled<PagerSummary | undefined>(
    () => page.ask<PagerSummary>('GET', '/pagerduty'),
    lookEveryMs,
    undefined,
  );
  const [chosen, setChosen] = useState('');
  if (!pager) return <p class="soft pager-none">Looking…</p>;

  const viewer = page.viewer.value?.name ?? '';
  const handles = pager.users.map(({ handle }) => handle);
  const fallback = handles.includes(viewer) ? viewer : (handles[0] ?? '');
  const handle = handles.includes(chosen) ? chosen : fallback;
  const ask = (path: string, body: object) => doing(page.ask('POST', path, body).then(look));
  const part: PartProps = {
    page,
    pager,
    act: (deed) => ask(`/pagerduty/people/${handle}`, deed),
    set: ask,
  };
  return (
    <>
      <section class="world-part" aria-labelledby="pager-incidents">
        <div class="world-head">
          <h3 id="pager-incidents">Incidents</h3>
          <label class="pager-as">
            as{' '}
            <select class="world-select" value={handle} onChange={(event) => setChosen(event.currentTarget.value)}>
              {pager.users.map((user) => (
                <option key={user.handle} value={user.handle}>
                  {user.name}
                </option>
              ))}
            </select>
          </label>
        </div>
        <IncidentList {...part} />
        <OpenOne {...part} />
      </section>
      <OnCallPart {...part} />
      <OutagePart {...part} />
    </>
  );
}
