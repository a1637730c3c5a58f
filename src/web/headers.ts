import { createMiddleware } from 'hono/factory';

/** Nothing from elsewhere is loaded, nothing written in a page runs, and no other site can put it into a frame. */
const content = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Half a year, as long as browsers want to take it seriously. Seconds. */
const secureFor = 180 * 24 * 60 * 60;

/** On every answer of the pages, errors and redirects among them. */
export function securityHeaders({ secure }: { secure: boolean }) {
  return createMiddleware(async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set('content-security-policy', content);
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    if (secure) headers.set('strict-transport-security', `max-age=${secureFor}`);
    // What an incident says is nobody's who uses this browser after; assets say for themselves how long they are good.
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  });
}
