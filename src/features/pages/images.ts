import type { PageContext, Pages } from '../../web/pages.ts';
import { notThere } from '../../web/site.ts';
import type { Seeing } from './seen.ts';

/** What a browser only shows: an image that says of itself that it is a page or a script is none of these. */
const types = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** An image of an incident, for who may see the incident. */
export const image =
  (seeing: Seeing, { store }: Pages) =>
  async (c: PageContext) => {
    const id = c.req.param('id') ?? '';
    const { kept, of } = await store.read(async (tx) => {
      const kept = await tx.images.load(id);
      return { kept, of: kept && (await tx.incidents.load(kept.incident)) };
    });
    const incident = await seeing.seen(c, of);
    if (!incident || !kept || !types.has(kept.type)) return c.html(notThere(c.get('visitor')), 404);
    return c.body(new Uint8Array(kept.bytes), 200, {
      'content-type': kept.type,
      'content-disposition': 'inline',
      // Erased ones are gone from the next page on, so they are asked for again.
      'cache-control': 'private, no-cache',
    });
  };
