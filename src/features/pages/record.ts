import * as z from 'zod';
import { wordsAsked } from '../../incident/words.ts';
import { sightOf } from '../../may.ts';
import { namesOf } from '../../slack/names.ts';
import { mentioned } from '../../slack/text.ts';
import type { PageContext, Pages } from '../../web/pages.ts';
import { notThere } from '../../web/site.ts';
import { linker } from './links.ts';
import { recordPage } from './record-view.ts';
import type { Seeing } from './seen.ts';

/** Enough to read for a while, and little enough to be there at once. */
const mostOnPage = 200;

const Query = z.object({
  after: z
    .string()
    .regex(/^\d{1,12}\.\d{1,6}$/)
    .optional()
    .catch(undefined),
  words: z.string().trim().max(200).catch(''),
});

/** Everything that was said, page by page, or what of it says something. */
export const record =
  (seeing: Seeing, { store, people, policy, identity }: Pages) =>
  async (c: PageContext) => {
    const incident = await seeing.incident(c);
    const visitor = c.get('visitor');
    if (!incident) return c.html(notThere(visitor), 404);
    const { after, words } = Query.parse(c.req.query());
    const search = { words: wordsAsked(words), incident: incident.id, sight: sightOf(policy, visitor.person) };
    const { messages, said, images } = await store.read(async (tx) => ({
      messages: words
        ? await tx.messages.search({ ...search, limit: mostOnPage })
        : await tx.messages.of(incident.id, { ...(after && { after }), limit: mostOnPage + 1 }),
      said: await tx.messages.countOf(incident.id),
      images: new Set((await tx.images.of(incident.id)).map(({ id }) => id)),
    }));
    const shown = messages.slice(0, mostOnPage);
    const names = await namesOf(
      people,
      shown.flatMap(({ author, text }) => [author, ...mentioned(text)]),
    );
    const next = messages.length > mostOnPage ? shown.at(-1)?.ts : undefined;
    const link = linker(identity);
    return c.html(
      recordPage({ incident, messages: shown, words, said, next, first: !after, images, names, link, visitor }),
    );
  };
