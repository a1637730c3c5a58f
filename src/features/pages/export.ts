import { denialText } from '../../slack/refusals.ts';
import type { PageContext, Pages } from '../../web/pages.ts';
import { notThere } from '../../web/site.ts';
import { type Format, filesOf, formats } from '../export/files.ts';
import { sourceOf } from '../export/source.ts';
import type { Seeing } from './seen.ts';

const types: Record<Format, string> = {
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  json: 'application/json',
};

/** The incident as a file to keep, for who may see and export it. */
export const exported =
  (seeing: Seeing, pages: Pages) =>
  async (c: PageContext): Promise<Response> => {
    const format = formats.find((one) => one === c.req.param('format'));
    const incident = format && (await seeing.incident(c));
    if (!incident) return c.html(notThere(c.get('visitor')), 404);
    const denied = seeing.denied(c, 'export', incident);
    if (denied) return c.text(denialText(denied), 403);
    const [file] = await filesOf(incident.id, format, sourceOf(pages, false));
    if (!file) return c.html(notThere(c.get('visitor')), 404);
    return c.body(new Uint8Array(file.bytes), 200, {
      'content-type': types[format],
      // To be kept and not shown: what is in it is not a page of ours. The name is made of plain letters (file-names.ts).
      'content-disposition': `attachment; filename="${file.name}"`,
      'cache-control': 'private, no-store',
    });
  };
