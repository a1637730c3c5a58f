import { describe, expect, it } from '@jest/globals';
import { alike } from '../../src/features/declare/similar.ts';
import type { Titled } from '../../src/store/incident-titles.ts';
import { at } from '../support/given.ts';

const open = (title: string, fields: Partial<Titled> = {}): Titled => ({
  id: 'inc_1',
  title,
  declaredAt: at('09:55'),
  ...fields,
});
const found = (title: string, ...incidents: Titled[]) =>
  alike(title, incidents, at('10:00')).map((incident) => incident.title);

describe('incidents like the one about to be declared', () => {
  it.each<[string, string, boolean]>([
    ['Checkout is failing', 'checkout fails', true],
    ['Checkout is failing', 'Payments fail at checkout', true],
    ['API returns 502', 'The api is down', true],
    ['Login page is slow', 'Pages are slow', true],
    ['Checkout is failing', 'Search is slow', false],
    ['The update of the database failed', 'Checkout is failing', false],
    ['Errors in search', 'Checkout: an error for everybody', false],
    ['It is on the', 'The of and', true],
    ['決済が失敗している', '決済が失敗している', true],
    ['🔥', '🔥🔥', true],
  ])('"%s" and "%s": %p', (title, other, alike) => expect(found(title, open(other))).toEqual(alike ? [other] : []));

  it('are those of the last two hours', () => {
    const title = 'Checkout is failing';
    expect(found(title, open(title, { declaredAt: at('08:01') }))).toEqual([title]);
    expect(found(title, open(title, { declaredAt: at('07:59') }))).toEqual([]);
  });

  it('are all of the last ten minutes while there is no title yet', () => {
    expect(found('', open('One', { declaredAt: at('09:51') }), open('Two', { declaredAt: at('09:49') }))).toEqual([
      'One',
    ]);
  });
});
