import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a bundle is made from, and what the tests that may run against a copy need. */
const sources = [
  'src',
  'db',
  'sandbox',
  'config',
  'scripts',
  'tests',
  'package.json',
  'manifest.yml',
  'jest.config.js',
];

const root = new URL('../../..', import.meta.url).pathname;

export interface Patch {
  file: string;
  /** Exactly as it stands in the source, once. */
  replace: string;
  by: string;
}

export interface Copy extends AsyncDisposable {
  folder: string;
  /** The production bundle of the bot. */
  bot: string;
}

/** A patch names text that is not in the source any more, or is there more than once. */
export class StalePatch extends Error {
  override name = 'StalePatch';
}

/** The sources in a folder of their own, changed where asked, and the bundle of production built from them there. */
export async function buildCopy(patches: Patch[] = []): Promise<Copy> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-faults-'));
  for (const source of sources.filter((one) => existsSync(join(root, one))))
    cpSync(join(root, source), join(folder, source), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const patch of patches) apply(patch, join(folder, patch.file));
  await promisify(execFile)(process.execPath, ['scripts/build.ts'], { cwd: folder });
  return {
    folder,
    bot: botIn(folder),
    async [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The bundle of production as it is, which nobody changes: the whole suite makes it once (scripts/test.ts), a file by itself its own. */
export async function builtOnce(): Promise<Copy> {
  const folder = process.env.TEST_BUILD;
  return folder ? { folder, bot: botIn(folder), [Symbol.asyncDispose]: async () => undefined } : buildCopy();
}

const botIn = (folder: string) => join(folder, 'dist/bot.mjs');

function apply({ file, replace, by }: Patch, path: string): void {
  const text = readFileSync(path, 'utf8');
  const found = text.split(replace).length - 1;
  if (found !== 1) throw new StalePatch(`${file} holds the text to replace ${found} times:\n${replace}`);
  writeFileSync(
    path,
    text.replace(replace, () => by),
  );
}
