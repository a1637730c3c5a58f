/** The pages as people have them: a real browser, with keys, narrow and dark. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { browserPath, openBrowser } from '../../sandbox/page/browser.ts';
import { seriousIn } from '../../sandbox/page/screen.ts';
import { beside } from '../../support/beside.ts';
import { eventually } from '../../support/eventually.ts';
import { story } from '../../support/story.ts';

if (!browserPath) console.warn('SKIPPED: the pages in a browser, since there is no Chromium here (set CHROMIUM).');
const inBrowser = browserPath ? describe : describe.skip;

const { ana, bot, incidents } = story();

async function aPostmortem(): Promise<void> {
  await ana.declares('Checkout is failing');
  await bot.settled();
  const [incident] = await incidents();
  const by = { person: ana.id };
  await beside(bot.databaseUrl(), async (_, desk) => {
    await desk.handle(incident?.id ?? '', { type: 'resolve', impact: { felt: 'no' }, note: 'Rolled back' }, by);
    await desk.handle(incident?.id ?? '', { type: 'reportPostmortemDrafted' }, by);
  });
}

inBrowser('the pages in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const looks = [
    { width: 390, colorScheme: 'dark' },
    { width: 1280, colorScheme: 'light' },
    { width: 390, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ] as const;
  let looked = 0;

  /** In one size and theme after the other: each look takes a while, and what differs between them is in one style sheet. */
  async function fits(page: Page): Promise<void> {
    const { width, colorScheme } = looks[looked++ % looks.length] ?? looks[0];
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    expect([page.url(), await seriousIn(page)]).toEqual([page.url(), []]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  }

  it('lead from the sign-in to a section that somebody writes, by keys alone', async () => {
    await aPostmortem();
    const context = await browser.newContext({ timezoneId: 'Asia/Tokyo', locale: 'en-GB' });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (said) => said.type() === 'error' && errors.push(said.text()));
    const follow = async (name: string) => {
      await page.getByRole('link', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.waitForLoadState();
    };

    await page.goto(`${bot.url()}/incidents?status=all`);
    await fits(page);
    await follow('Sign in with Slack');
    await follow('Ana Ruiz');
    await page.waitForURL(/\/incidents\?status=all$/);
    await fits(page);
    await follow('#1 Checkout is failing');
    // In the zone of the reader: nine hours ahead of what the server wrote.
    const time = page.locator('dl time').first();
    const shown = await time.textContent();
    expect(shown).toMatch(/^\d{1,2} \w+ \d{4}, \d\d:\d\d$/);
    expect(Date.parse(`${shown} GMT+0900`)).toBe(
      Math.floor(Date.parse((await time.getAttribute('datetime')) ?? '') / 60_000) * 60_000,
    );
    await fits(page);
    await follow('Postmortem');
    await fits(page);
    await follow('Edit Summary');
    await page.getByRole('textbox', { name: 'Markdown' }).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('**{{title}}**, but not for long');
    const preview = page.locator('#preview');
    await eventually(
      'the preview',
      async () => /Checkout is failing, but/.test((await preview.textContent()) ?? '') || undefined,
    );
    await fits(page);
    await page.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/postmortem#s-summary$/);
    expect(await page.getByRole('region', { name: 'Summary' }).textContent()).toContain('but not for long');
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);
});
