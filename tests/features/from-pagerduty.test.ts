import { expect, it } from '@jest/globals';
import { createDesk } from '../../src/desk.ts';
import { refuseTwin, Twin } from '../../src/features/from-pagerduty/twin.ts';
import { Declare } from '../../src/incident/commands.ts';
import { onBothEngines } from '../support/databases.ts';
import { at, thePolicy } from '../support/given.ts';

const policy = thePolicy();
const begun = { outside: { id: 'Q1' }, name: 'Checkout', began: at('09:50'), state: 'ringing', when: at('09:50') };
const declare = Declare.parse({
  type: 'declare',
  title: 'Checkout is failing',
  severity: 'sev2',
  impact: { felt: 'unknown' },
  begun,
});

onBothEngines('what rings in PagerDuty', (fresh) => {
  it('becomes one incident, however many declare it at once', async () => {
    const store = await fresh.store();
    const desk = createDesk({
      store,
      now: () => at('10:00'),
      policy,
      policyOf: async () => policy,
      react: () => [],
      wake: () => undefined,
    });
    const all = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        desk.declare(declare, { person: `U${index}` }, (tx) => refuseTwin(tx, 'Q1')),
      ),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(all.filter((one) => one.status === 'rejected' && one.reason instanceof Twin)).toHaveLength(9);
    expect(await store.read((tx) => tx.incidents.list())).toMatchObject([{ number: 1, pages: [{ cause: 'begun' }] }]);
  });
});
