import { Hono } from 'hono';
import { script } from './script.ts';
import { sha256 } from './secrets.ts';
import { style } from './style.ts';

/** The name changes with what is in it, so that a browser may keep it. */
const named = (kind: string, text: string) => `/assets/${sha256(text).slice(0, 12)}.${kind}`;

export const styleUrl = named('css', style);
export const scriptUrl = named('js', script);

const forever = { 'cache-control': 'public, max-age=31536000, immutable' };

/** All that a page needs besides itself: nothing comes from elsewhere. */
export const assetRoutes = new Hono()
  .get(styleUrl, (c) => c.body(style, 200, { ...forever, 'content-type': 'text/css; charset=utf-8' }))
  .get(scriptUrl, (c) => c.body(script, 200, { ...forever, 'content-type': 'text/javascript; charset=utf-8' }));
