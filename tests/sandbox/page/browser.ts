/** A real browser, where the machine has one. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const findBrowser = () =>
  [process.env.CHROMIUM ?? '', ...places].find((path) => path !== '' && existsSync(path));

export const browserPath = findBrowser();

/** Nothing leaves the machine: not even the browser's own errands. */
const quiet = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export function openBrowser(more: string[] = []): Promise<Browser> {
  if (!browserPath) throw new Error('There is no Chromium: apt-get install chromium, or set CHROMIUM to where one is.');
  return chromium.launch({ executablePath: browserPath, chromiumSandbox: false, args: [...quiet, ...more] });
}
