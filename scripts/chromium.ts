import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { browserPath, findBrowser } from '../tests/sandbox/page/browser.ts';

/** Where jest's answer is one file a line. */
const listed = ['--listTests', '--passWithNoTests'];

/** Installs Chromium where tests want one, the machine is a Debian and we may; says whether there is one in the end. */
export function provideChromium(jestArguments: string[]): boolean {
  if (browserPath || !wanted(jestArguments)) return true;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return missing('install it, or set CHROMIUM');
  console.error('There is no Chromium for the browser tests: installing it with apt-get …');
  const trouble = aptGet('update') ?? aptGet('install', '-y', '--no-install-recommends', ...packages());
  if (trouble) return missing(trouble);
  return findBrowser() !== undefined || missing('apt-get installed it, but not where it is looked for');
}

/** For the pages, and the one that prints best, which only some archives have. */
function packages(): string[] {
  const shell = 'chromium-headless-shell';
  return ['chromium', ...(spawnSync('apt-cache', ['show', shell]).status === 0 ? [shell] : [])];
}

/** What it said, where it did not do it. */
function aptGet(...words: string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync('apt-get', ['-q', ...words], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0 ? undefined : `apt-get ${words[0]} said:\n${stdout}${stderr}`;
}

function missing(why: string): false {
  console.error(`*** No Chromium: ${why} ***`);
  return false;
}

/** Whether one of the chosen tests opens a browser. */
function wanted(jestArguments: string[]): boolean {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const { stdout } = spawnSync(process.execPath, [jest, ...listed, ...jestArguments], { encoding: 'utf8' });
  const files = stdout.split('\n').filter((line) => line.startsWith('/'));
  return files.some((file) => readFileSync(file, 'utf8').includes('/browser.ts'));
}
