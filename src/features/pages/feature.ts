import { Hono } from 'hono';
import type { Feature } from '../../feature.ts';
import type { PageEnv, Pages } from '../../web/pages.ts';
import { exported } from './export.ts';
import { image } from './images.ts';
import { incident } from './incident.ts';
import { list } from './list.ts';
import { postmortemPages } from './postmortem.ts';
import { record } from './record.ts';
import { createSeeing } from './seen.ts';

/** Incidents in a browser: what is going on, one of them, and everything that was said. */
export const pages: Feature = {
  name: 'pages',
  pages(given: Pages) {
    const seeing = createSeeing(given);
    const postmortem = postmortemPages(seeing, given);
    return new Hono<PageEnv>()
      .get('/incidents', list(given))
      .get('/incidents/:number', incident(seeing, given))
      .get('/incidents/:number/record', record(seeing, given))
      .get('/incidents/:number/export/:format', exported(seeing, given))
      .get('/incidents/:number/postmortem', postmortem.read)
      .post('/incidents/:number/postmortem-state', postmortem.step)
      .get('/incidents/:number/postmortem/:section', postmortem.edit)
      .post('/incidents/:number/postmortem/:section', postmortem.save)
      .post('/incidents/:number/postmortem/:section/preview', postmortem.preview)
      .get('/images/:id', image(seeing, given));
  },
};
