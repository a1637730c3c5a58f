import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { constants, Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** The bundle of `main.ts`, filled in by `npm run build`; its name holds a hash of its text. */
declare const MAIN: string;

/**
 * Starts the bot with what V8 compiled when it ran before, which `npm run build` leaves beside the bundle: compiling anew takes 0.1 s
 * of each start. Node's own cache keeps only what is compiled before a file first runs. Another version of Node, or other flags, take
 * no notice of it.
 */
const url = new URL(`./${MAIN}`, import.meta.url);
const file = fileURLToPath(url);
const compiled = `${file}.compiled`;
/** Bytes, at the end. */
const sumLength = 4;
const require = createRequire(url);
// What the bundle looks for outside itself.
Object.assign(globalThis, { require, bundleUrl: url.href });

// Node names places in the sources only for files that it loads itself.
if (process.sourceMapsEnabled) require(file);
else run();

function run(): void {
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const cachedData = keptBefore();
  const kept = cachedData && { cachedData };
  const script = new Script(readFileSync(file, 'utf8'), { filename: file, importModuleDynamically, ...kept });
  script.runInThisContext();
  if (!process.argv.includes('--keep-compiled')) return;
  process.on('SIGTERM', () => {
    keep(script.createCachedData());
    process.exit(0);
  });
}

/** Undefined where there is none, or a disk kept only a part of it: V8 would not notice that. */
function keptBefore(): Buffer | undefined {
  try {
    const kept = readFileSync(compiled);
    const data = kept.subarray(0, -sumLength);
    return kept.length > sumLength && kept.readUInt32LE(data.length) === crc32(data) ? data : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Moved into place, so that a start meanwhile finds none or all of it. */
function keep(data: Buffer): void {
  const sum = Buffer.alloc(sumLength);
  sum.writeUInt32LE(crc32(data));
  writeFileSync(`${compiled}.next`, Buffer.concat([data, sum]));
  renameSync(`${compiled}.next`, compiled);
}
