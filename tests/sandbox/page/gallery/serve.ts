/** Builds the gallery and serves it, until disposed. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { build, stop } from 'esbuild';
import { compactTable } from '../../../../sandbox/ui/blocks/text/emoji.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Gallery</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/tokens.css"><link rel="stylesheet" href="/gallery.css">
<style>body{margin:0;padding:24px;font:15px var(--font);color:var(--text);background:var(--bg)}main>section{margin:24px 0;max-width:600px}*{box-sizing:border-box}</style>
</head><body><script type="module" src="/gallery.js"></script></body></html>`;

export async function serveGallery() {
  const folder = await mkdtemp(join(tmpdir(), 'gallery-'));
  await build({
    entryPoints: {
      gallery: 'tests/sandbox/page/gallery/gallery.tsx',
      tokens: 'sandbox/ui/style/tokens.css',
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    loader: { '.woff': 'file', '.woff2': 'file' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  // Its helper process would outlive the tests.
  await stop();
  const emoji = createRequire(import.meta.url).resolve('emoji-datasource/emoji.json');
  await writeFile(join(folder, 'emoji.json'), JSON.stringify(compactTable(JSON.parse(await readFile(emoji, 'utf8')))));
  await writeFile(join(folder, 'index.html'), page);

  const server = createServer(async (request, response) => {
    const path = normalize(request.url === '/' ? '/index.html' : (request.url ?? ''));
    try {
      const body = await readFile(join(folder, path));
      response.writeHead(200, {
        'cache-control': 'max-age=600',
        'content-type': types[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'",
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** For looking at it by hand: `node tests/sandbox/page/gallery/serve.ts`. */
if (process.argv[1] === import.meta.filename) console.log((await serveGallery()).url);
