/** Windows of one browser on one sandbox, each as a person; what goes wrong in any of them is kept. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';

export type Screens = AsyncDisposable & {
  context: BrowserContext;
  /** errors and refusals of the content policy in any window so far */
  errors: string[];
  as(person: string, options?: { place?: string; tour?: boolean }): Promise<Page>;
};

/** Real milliseconds; the machine may be busy with other tests. */
const patience = 20_000;

export async function openScreens(browser: Browser, url: string): Promise<Screens> {
  // The zone and the language of whoever runs the tests change nothing.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, timezoneId: 'UTC' });
  context.setDefaultTimeout(patience);
  const errors: string[] = [];

  return {
    context,
    errors,
    async as(person, { place = '', tour = false } = {}) {
      const page = await context.newPage();
      page.on('pageerror', ({ stack, message }) => errors.push(stack ?? message));
      page.on('console', (said) => {
        if (said.type() === 'error' || said.type() === 'warning') errors.push(`${said.text()} ${said.location().url}`);
      });
      // All windows of a browser share it.
      await page.addInitScript(`localStorage['sandbox:tour'] = '${JSON.stringify({ over: !tour })}'`);
      await page.goto(`${url}/#/${person}${place}`);
      await page.getByRole('navigation', { name: 'Channels and people' }).waitFor({ state: 'attached' });
      return page;
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** Everything that one can see, under the name that is read aloud. */
export const message = (page: Page, words: string | RegExp) => page.locator('.message').filter({ hasText: words });

export const composer = (page: Page) => page.locator('.main .composer-text');

/** Sends what the page has put into the composer, as soon as it stands there. */
export async function sendsWritten(page: Page, words: RegExp) {
  await eventually(`${words} in the composer`, async () => words.test(await composer(page).inputValue()) || undefined, {
    within: patience,
  });
  await composer(page).press('Enter');
}

export async function types(page: Page, words: string) {
  await composer(page).fill(words);
  await composer(page).press('Enter');
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe calls serious or critical, as far as it can tell by itself; by these of its rules, or by all. */
export async function seriousIn(page: Page, rules?: string[]): Promise<unknown[]> {
  // Evaluated by the debugger, so the content policy stays as it is.
  await page.evaluate(`window.axe ?? (() => {${axe}})()`);
  const options = { resultTypes: ['violations'], preload: false, ...(rules && { runOnly: rules }) };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`)]);
}
