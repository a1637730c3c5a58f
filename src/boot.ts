import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/** By then everything that a start needs has been compiled. Milliseconds. */
const started = 10_000;

// `npm run build` leaves beside the bundle what V8 made of it. Where that was another user and nothing can be written, it is compiled
// anew at each start; NODE_COMPILE_CACHE names another folder.
enableCompileCache(fileURLToPath(new URL('./compiled', import.meta.url)));
setTimeout(flushCompileCache, started).unref();

// Not written out, so that it stays a file of its own: only what is imported later is taken from the cache.
await import(new URL('./main.mjs', import.meta.url).href);
