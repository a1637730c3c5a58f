import type { PageContext, Pages } from '../../web/pages.ts';
import { listPage } from './list-view.ts';
import { Asked, listed } from './listed.ts';

export const list =
  ({ store, policy }: Pages) =>
  async (c: PageContext) => {
    const visitor = c.get('visitor');
    const asked = Asked.parse(c.req.query());
    const found = await store.read((tx) => listed(tx, asked, visitor.person, policy));
    return c.html(listPage(found, asked, policy, visitor));
  };
