import { describe, expect, it } from '@jest/globals';
import type { FaultRule } from '../../sandbox/wire.ts';
import { story } from '../support/story.ts';

const { ana, bot, clock, faults, incidents, pagerduty, slack } = story({ paging: {} });

const losses: [string, Partial<FaultRule>][] = [
  ['is lost', { kind: 'lost-reply' }],
  ['is an error although it was done', { kind: 'error-after', status: 503 }],
  ['is an error, and nothing was done', { kind: 'error-before', status: 500 }],
];

describe("PagerDuty's answer to a page of somebody's choice", () => {
  it.each(losses)('%s: it is looked for before it is asked for again, and nobody is woken twice', async (_, loss) => {
    await ana.declares('Checkout is failing', { severity: 'sev4', services: ['checkout'] });
    const room = await ana.isInvitedTo(/^inc-1/);
    await faults.add({ ...loss, method: 'pagerduty.rest.incidents.create', times: 1 } as FaultRule);
    await ana.types('/incident page search the index is stale', room);
    await room.shows(/Page to Search on-call[\s\S]*Accepted by PagerDuty/);
    await bot.settled();
    const [only, ...others] = await pagerduty.incidents();
    expect(others).toEqual([]);
    expect(await incidents()).toMatchObject([{ pages: [{ outside: { id: only?.id } }] }]);
    expect((await slack.ledger()).filter((entry) => entry.kind === 'call' && entry.fault)).toHaveLength(1);
  });

  it('is lost until the incident is over: the record says all the same that it rang, and it rings no more', async () => {
    await ana.declares('Checkout is failing', { severity: 'sev4', services: ['checkout'] });
    const room = await ana.isInvitedTo(/^inc-1/);
    await faults.add({ kind: 'lost-reply', method: 'pagerduty.rest.incidents.create' });
    await ana.types('/incident page search the index is stale', room);
    await pagerduty.waitForIncident(/the index is stale/);
    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'no' });
    await room.headline(/Resolved/);
    await faults.clear();
    await clock.forward({ minutes: 1 });
    await bot.settled();
    expect(await incidents()).toMatchObject([{ pages: [{ state: 'resolved', ways: [{ outcome: 'accepted' }] }] }]);
    expect(await pagerduty.incidents()).toMatchObject([{ status: 'resolved' }]);
  });
});
