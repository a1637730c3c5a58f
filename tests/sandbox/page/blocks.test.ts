import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { browserPath, openBrowser } from './browser.ts';
import { serveGallery } from './gallery/serve.ts';

if (!browserPath)
  console.warn('SKIPPED: how blocks look and are used, since there is no Chromium here (set CHROMIUM).');
const inBrowser = browserPath ? describe : describe.skip;

inBrowser('blocks in a browser', () => {
  let browser: Browser;
  let context: BrowserContext;
  let gallery: Awaited<ReturnType<typeof serveGallery>>;
  beforeAll(async () => {
    [browser, gallery] = await Promise.all([openBrowser(), serveGallery()]);
    // The content policy stands in the way of axe, which is put into the page.
    context = await browser.newContext({ bypassCSP: true });
  });
  afterAll(async () => {
    await browser.close();
    await gallery[Symbol.asyncDispose]();
  });

  async function look(width = 900) {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 900 });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(gallery.url);
    await page.getByRole('heading', { name: 'Newer' }).waitFor();
    return { page, errors, [Symbol.asyncDispose]: () => page.close() };
  }

  const told = (page: Page): Promise<unknown[]> => page.evaluate('window.told');
  const lastTold = async (page: Page) => (await told(page)).at(-1);

  it('shows hostile text as text', async () => {
    await using looking = await look();
    const { page } = looking;
    expect(await page.getByText('<img src=x onerror=').count()).toBe(1);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('a[href^="javascript" i], img[src="x"], main script').count()).toBe(0);
  });

  it('draws a placeholder for what it does not know, and everything else as what it is', async () => {
    await using looking = await look();
    const { page, errors } = looking;
    expect(await page.locator('.bk-unknown').allInnerTexts()).toEqual([
      'A hologram block stands here. The sandbox cannot draw it; Slack can.',
      'A constructor block stands here. The sandbox cannot draw it; Slack can.',
    ]);
    expect(errors).toEqual([]);
  });

  it('lets a menu be searched, chosen from and left by keyboard', async () => {
    await using looking = await look();
    const { page } = looking;
    const severity = page.getByRole('combobox', { name: 'How severe?' });
    await severity.focus();
    await page.keyboard.type('customers are');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await lastTold(page)).toEqual(['change', 'severity', 'severity', 'sev3']);
    expect(await severity.inputValue()).toBe('SEV3');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('listbox').count()).toBe(0);
    expect(await severity.inputValue()).toBe('SEV3');
  });

  it('takes as many as a menu allows, and gives the last one back', async () => {
    await using looking = await look();
    const { page } = looking;
    await page.getByRole('combobox', { name: /Which services/ }).focus();
    for (const words of ['Cart', 'Search']) {
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
    }
    expect(await lastTold(page)).toEqual(['change', 'services', 'services', ['pay', 'cart']]);
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    expect(await lastTold(page)).toEqual(['change', 'services', 'services', []]);
  });

  it('asks the app for options while somebody types', async () => {
    await using looking = await look();
    const { page } = looking;
    await page.getByRole('combobox', { name: 'Merge into' }).click();
    await page.keyboard.type('check');
    await page.getByRole('option', { name: '#2 check' }).click();
    expect(await lastTold(page)).toEqual(['change', 'external', 'external', { text: '#2 check', value: 'inc_2' }]);
  });

  it('puts a moment together in the viewer’s zone', async () => {
    await using looking = await look();
    const { page } = looking;
    await page.getByRole('button', { name: /Since when/ }).press('Enter');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: /Since when/ }).focus();
    await page.keyboard.type('9:30 pm');
    await page.keyboard.press('Enter');
    // The 9th of March at 21:30 in Madrid, where Ana is.
    expect(await lastTold(page)).toEqual(['change', 'since', 'since', Date.parse('2026-03-09T20:30:00Z') / 1000]);
  });

  it('presses a dangerous button only after a yes', async () => {
    await using looking = await look();
    const { page } = looking;
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('button', { name: 'Not yet' }).click();
    expect(await told(page)).toEqual([]);
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
    expect(await lastTold(page)).toMatchObject(['act', { actionId: 'press-Resolve', type: 'button' }]);
  });

  it('puts the error under its field and names it there', async () => {
    await using looking = await look();
    const field = looking.page.getByRole('textbox', { name: 'A field with an error' });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const described = await field.getAttribute('aria-describedby');
    expect(await looking.page.locator(`[id="${described}"]`).innerText()).toContain('at least ten letters');
  });

  it.each([1280, 768, 390])('fits into %d pixels', async (width) => {
    await using looking = await look(width);
    expect(await looking.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  });

  it.each(['light', 'dark'])(
    'has nothing serious for people who use assistive technology, %s',
    async (theme) => {
      await using looking = await look();
      const { page } = looking;
      await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
      await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
      await page.getByRole('combobox', { name: 'How severe?' }).click();
      const { violations } = await page.evaluate<AxeResults>('axe.run()');
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
    },
    90_000,
  );
});
