/** The page itself, from the folder that `scripts/build.ts` fills. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Nothing from elsewhere, nothing written into the page: text that a message brings can run nowhere. */
const policy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Asset = { bytes: Buffer; headers: Record<string, string> };

export type PageFiles = ReturnType<typeof createPageFiles>;

export function createPageFiles(folder: string) {
  const kept = new Map<string, Asset>();

  function read(path: string): Asset | undefined {
    const file = join(folder, normalize(path));
    const type = types[extname(file)];
    if (!type || !existsSync(file)) return undefined;
    const bytes = readFileSync(file);
    // Names under assets/ carry a hash of what is in them.
    const cached = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    const etag = `"${createHash('sha1').update(bytes).digest('hex').slice(0, 20)}"`;
    const headers = {
      'content-type': type,
      'cache-control': cached,
      etag,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': policy,
    };
    return { bytes, headers };
  }

  function asset(path: string): Asset | undefined {
    const found = kept.get(path) ?? read(path);
    // A new build gives new names under assets/; the rest is read anew each time.
    if (found && path.startsWith('/assets/')) kept.set(path, found);
    return found;
  }

  return {
    isBuilt: () => existsSync(join(folder, 'index.html')),
    /** Whether there was something to give. */
    give(request: IncomingMessage, response: ServerResponse, path: string): boolean {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false;
      const found = asset(path === '/' ? '/index.html' : path);
      if (!found) return false;
      const { bytes, headers } = found;
      if (request.headers['if-none-match'] === headers.etag) response.writeHead(304, headers).end();
      else response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
      return true;
    },
  };
}
