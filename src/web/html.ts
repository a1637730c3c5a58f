import { html, raw } from 'hono/html';

/** What a page is made of. `html` escapes whatever is put into it, but for other pieces of `html`. */
export type Html = ReturnType<typeof html>;
export { html };

/** Takes HTML as it is: only for what was made safe before, such as Markdown that was rendered. */
export const trusted = (markup: string): Html => raw(markup);

/** An address of people's in a link: others than the web's could run something. */
export function webAddress(address: string): string | undefined {
  const url = URL.parse(address);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

export const nothing = '';
