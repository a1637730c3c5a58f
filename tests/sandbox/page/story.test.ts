/** The whole of it as a newcomer has it: the programs of `npm start`, and a browser. One incident runs through most of these. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { botToken } from '../../../sandbox/wire.ts';
import { browserPath, openBrowser } from './browser.ts';
import { type Program, startProgram, type Taken, takenPort } from './program.ts';
import { composer, message, openScreens, type Screens, sendsWritten, seriousIn, types } from './screen.ts';

if (!browserPath) console.warn('SKIPPED: the story in a browser, since there is no Chromium here (set CHROMIUM).');
const inBrowser = browserPath ? describe : describe.skip;

const hostile = [
  '<img src=x onerror="window.hacked=1">',
  '<script>window.hacked=1</script>',
  '<svg onload="window.hacked=1">',
  '<javascript:window.hacked=1|press me>',
  '<https://example.com" onmouseover="window.hacked=1|a link>',
  '`<iframe src="javascript:window.hacked=1">`',
  '*_~<!date^1^{date}"><img src=x onerror=window.hacked=1>|hi>~_*',
];

/** All that a theme changes. */
const contrast = ['color-contrast'];

const elsewhere = 'evil.example';

inBrowser('the sandbox in a browser', () => {
  let taken: Taken;
  let program: Program;
  let browser: Browser;
  let screens: Screens;
  let ana: Page;

  beforeAll(async () => {
    taken = await takenPort();
    [program, browser] = await Promise.all([
      startProgram({ port: taken.port, botPort: taken.port + 1 }),
      // A name that anybody can point at this machine, for DNS rebinding.
      openBrowser([`--host-resolver-rules=MAP ${elsewhere} 127.0.0.1`]),
    ]);
    screens = await openScreens(browser, program.url);
    ana = await screens.as('ana');
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await program?.[Symbol.asyncDispose]();
    await taken?.[Symbol.asyncDispose]();
  }, 60_000);

  async function declares(page: Page, title: string, { felt = 'Not known' } = {}) {
    await opensIncidents(page);
    await types(page, `/incident ${title}`);
    const form = page.getByRole('dialog', { name: 'Declare an incident' });
    await form.getByRole('radio', { name: felt, exact: true }).check();
    await form.getByRole('button', { name: /^Declare/ }).click();
    await form.waitFor({ state: 'detached' });
  }

  const channelRow = (page: Page, name: RegExp) =>
    page.getByRole('navigation', { name: 'Channels and people' }).getByRole('button', { name });

  /** What is typed before the composer is this channel's goes nowhere. */
  async function opensIncidents(page: Page) {
    await channelRow(page, /^incidents/).click();
    await page.getByPlaceholder(/^Message #?incidents$/).waitFor();
  }

  const headline = (page: Page) => page.locator('.message-pinned').first();

  /** Forms stay open over a reload, and over the test before. */
  async function afresh(person: string): Promise<Page> {
    const self = program.slack.as(person);
    if ((await self.views()).length > 0) await self.close({ all: true });
    return screens.as(person);
  }

  /** Unescaped, as an app that forgets it would. */
  async function botSays(text: string) {
    const response = await fetch(`${program.url}/api/chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        channel: '#incidents',
        text,
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
      }),
    });
    expect(await response.json()).toMatchObject({ ok: true });
  }

  it('says that its port is taken, and takes the next one that is not the bot’s', () => {
    expect(program.said()).toContain(`Port ${taken.port} is taken by another program`);
    expect(Number(new URL(program.url).port)).toBeGreaterThan(taken.port + 1);
    expect(program.said()).toContain(`http://127.0.0.1:${taken.port + 1}/readyz`);
  });

  it('declares an incident from a command and a form, and shows its channel and headline', async () => {
    await declares(ana, 'Checkout fails', { felt: 'Yes' });
    await channelRow(ana, /^inc-1-checkout-fails/).click();
    await headline(ana).getByText('#1 Checkout fails').waitFor();
    expect(await headline(ana).innerText()).toMatch(/Investigating[\s\S]*SEV2/);
    expect(await ana.locator('.head-topic').innerText()).toContain('Checkout fails');
  });

  it('lets a second person act in a second window, and both see it at once', async () => {
    const ben = await screens.as('ben');
    await message(ben, '#1 Checkout fails').getByRole('button', { name: 'Join' }).click();
    await channelRow(ben, /^inc-1-checkout-fails/).click();
    await headline(ben).getByRole('button', { name: 'Change status' }).click();
    const form = ben.getByRole('dialog');
    await form.getByRole('radio', { name: /^Identified/ }).check();
    await form.locator('button[type=submit]').click();
    await headline(ben).getByText('Identified').waitFor();
    await headline(ana).getByText('Identified').waitFor();
    await types(ben, 'I see it in the logs');
    await message(ana, 'I see it in the logs').getByText('Ben Okafor').waitFor();
    await ben.close();
  });

  it('becomes somebody else by the switch, and shows what they alone are told', async () => {
    await ana.getByRole('button', { name: /act as someone else/ }).click();
    expect(await seriousIn(ana)).toEqual([]);
    await ana.getByRole('menuitemradio', { name: /Chloe Martin/ }).click();
    await message(ana, '#1 Checkout fails').getByRole('button', { name: 'Join' }).waitFor();
    expect(await channelRow(ana, /^inc-1-checkout-fails/).count()).toBe(0);
    await ana.getByRole('button', { name: /act as someone else/ }).click();
    await ana.getByRole('menuitemradio', { name: /Ana Ruiz/ }).click();
    await channelRow(ana, /^inc-1-checkout-fails/).click();
  });

  it('winds the clock to the next thing due, and the bot does it', async () => {
    await ana.getByRole('button', { name: /^World/ }).click();
    const world = ana.getByRole('complementary', { name: 'World' });
    await world.getByRole('button', { name: /^To the next thing due/ }).click();
    await world.getByRole('button', { name: '+15 min' }).click();
    // Minutes after declaring nobody commands it, so its channel is asked, in the headline's thread.
    await headline(ana).locator('.thread-summary').click();
    await ana.getByRole('complementary', { name: 'Thread' }).getByText('Who does?').waitFor();
    await ana.getByRole('button', { name: 'Close the world' }).click();
  });

  it('finishes after kill -9 what it had acknowledged, and shows meanwhile that it is gone', async () => {
    await declares(ana, 'Search is slow');
    await program.slack.bot.do('kill');
    await ana.getByText('Tocsin is not running').waitFor();
    await ana.getByRole('button', { name: 'Start it' }).click();
    await ana.getByText('Tocsin is not running').waitFor({ state: 'detached' });
    // What may have been sent when it was killed is given 25 seconds to show up, before it is sent again.
    await program.slack.clock.forward({ minutes: 1 });
    await channelRow(ana, /^inc-2-search-is-slow/).click();
    await headline(ana).getByText('#2 Search is slow').waitFor();
    expect(await message(ana, '#2 Search is slow').and(ana.locator('.message-pinned')).count()).toBe(1);
    const twins = (await program.slack.channels()).filter(({ name }) => name.startsWith('inc-2'));
    expect(twins).toHaveLength(1);
  });

  it('says in the form, as Slack does, that a bot that is down gave no answer', async () => {
    await opensIncidents(ana);
    await types(ana, '/incident Nobody hears this');
    const form = ana.getByRole('dialog', { name: 'Declare an incident' });
    await form.waitFor();
    await program.slack.bot.do('kill');
    await form.getByRole('button', { name: /^Declare/ }).click();
    await form.getByText('We had some trouble connecting. Try again?').waitFor();
    expect(await form.getByRole('textbox', { name: 'What is wrong?' }).inputValue()).toBe('Nobody hears this');
    await program.slack.bot.do('start');
    await program.slack.waitForApp({ within: 20_000 });
    await form.getByRole('button', { name: /^Declare/ }).click();
    await channelRow(ana, /^inc-3-nobody-hears-this/).waitFor();
  });

  it('declares with the keyboard alone', async () => {
    const ben = await screens.as('ben');
    const { keyboard } = ben;
    await composer(ben).and(ben.locator(':focus')).waitFor();
    await keyboard.type('/inc');
    await ben.getByRole('option', { name: /^\/incident/ }).waitFor();
    await keyboard.press('Tab');
    await keyboard.type('Cards are refused');
    await keyboard.press('Enter');
    const form = ben.getByRole('dialog', { name: 'Declare an incident' });
    await form.getByRole('textbox', { name: 'What is wrong?' }).and(ben.locator(':focus')).waitFor();
    await keyboard.press('Tab');
    await keyboard.type('SEV1');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await keyboard.press('Control+k');
    await keyboard.type('cards-are');
    await ben.getByRole('option', { name: /inc-4-cards-are-refused/ }).waitFor();
    await keyboard.press('Enter');
    await headline(ben).getByText('SEV1').waitFor();
    // From the composer back to the newest message, and from message to message up to the headline's buttons.
    await ben.getByRole('region', { name: /^Messages in/ }).focus();
    const onHeadline = headline(ben).and(ben.locator(':focus'));
    for (let up = 0; up < 10 && (await onHeadline.count()) === 0; up += 1) await keyboard.press('ArrowUp');
    const update = headline(ben).getByRole('button', { name: 'Post update' }).and(ben.locator(':focus'));
    for (let on = 0; on < 10 && (await update.count()) === 0; on += 1) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await ben.getByRole('dialog').waitFor();
    await keyboard.press('Escape');
    await ben.getByRole('dialog').waitFor({ state: 'detached' });
    await ben.close();
  });

  it('shows hostile text as text, whether a person or an app says it', async () => {
    await opensIncidents(ana);
    const eli = program.slack.as('eli');
    for (const [index, words] of hostile.entries()) {
      await eli.say(`${words} from eli, ${index}.`, { channel: 'incidents' });
      await botSays(`${words} from the app, ${index}.`);
      await eli.setTopic('incidents', words);
      expect(await message(ana, `from eli, ${index}.`).innerText()).toContain(words.replaceAll(/[`*_~]/g, ''));
      await message(ana, `from the app, ${index}.`).waitFor();
    }
    const brought =
      'img[src="x"], .message script, .message svg[onload], iframe, a[href^="javascript" i], [onmouseover]';
    expect(await ana.locator(brought).count()).toBe(0);
    expect(await ana.evaluate('window.hacked')).toBeUndefined();
  });

  it('keeps hostile words of an incident’s title harmless wherever the title stands', async () => {
    await declares(ana, '<img src=x onerror="window.hacked=1">&lt;b&gt; <!channel> breaks');
    await channelRow(ana, /^inc-5-/).click();
    await headline(ana).getByText('<img src=x onerror="window.hacked=1">').first().waitFor();
    expect(await ana.evaluate('window.hacked')).toBeUndefined();
    expect(await ana.locator('img[src="x"]').count()).toBe(0);
  });

  it.each(['light', 'dark'])(
    'has nothing serious for people who use assistive technology, %s',
    async (theme) => {
      const page = await afresh('ana');
      await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
      const found: Record<string, unknown[]> = {};
      const look = async (screen: string) => {
        found[screen] = await seriousIn(page, theme === 'dark' ? contrast : undefined);
      };
      await channelRow(page, /^inc-1-/).click();
      await headline(page).waitFor();
      await look('channel');
      await headline(page).locator('.thread-summary').click();
      await page.getByRole('complementary', { name: 'Thread' }).getByText('Who does?').waitFor();
      await look('thread');
      await page.getByRole('button', { name: /^World/ }).click();
      await page.getByRole('complementary', { name: 'World' }).waitFor();
      await look('world panel');
      await page.getByRole('tab', { name: 'Traffic' }).click();
      await page.getByText('chat.postMessage').first().waitFor();
      await look('traffic');
      await page.getByRole('button', { name: 'Close the world' }).click();
      await channelRow(page, /^Tocsin/).click();
      await look('home');
      await page.getByRole('button', { name: 'Show me around' }).click();
      await page.getByText('Something is broken. Declare it.').waitFor();
      await look('tour');
      await page.getByRole('button', { name: 'Skip the tour' }).click();
      await opensIncidents(page);
      await types(page, '/incident');
      await page.getByRole('dialog', { name: 'Declare an incident' }).waitFor();
      await look('form');
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((screen) => [screen, []])));
      await page.close();
    },
    90_000,
  );

  it.each([1280, 768, 390])('fits into %d pixels, with everything in reach', async (width) => {
    const page = await afresh('ana');
    await page.setViewportSize({ width, height: 800 });
    const menu = page.getByRole('button', { name: 'Channels and people' });
    if (await menu.isVisible()) await menu.click();
    await channelRow(page, /^inc-1-/).click();
    await headline(page).getByRole('button', { name: 'Resolve' }).click({ trial: true });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await types(page, '/incident update');
    const form = page.getByRole('dialog');
    await form.locator('button[type=submit]').click({ trial: true });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await page.close();
  });

  it('leads through a practice incident that is killed and resolved, in five steps', async () => {
    const dev = await screens.as('dev', { tour: true });
    const tour = dev.getByRole('region', { name: 'A practice incident' });
    await tour.getByRole('button', { name: 'Type it for me' }).click();
    await sendsWritten(dev, /^\/incident Checkout/);
    const form = dev.getByRole('dialog', { name: 'Declare an incident' });
    await form.getByRole('checkbox', { name: /^Practice/ }).check();
    await form.getByRole('button', { name: /^Declare/ }).click();
    await tour.getByRole('button', { name: 'Go there' }).click();
    await tour.getByRole('button', { name: 'Write one for me' }).click();
    await sendsWritten(dev, /^\/incident update/);
    await tour.getByRole('button', { name: 'Update, and kill -9' }).click();
    // Where the update was out before the kill, there is nothing left to wait for.
    await tour.getByText(/^(Killed\. Watch the channel|Nothing was lost)/).waitFor();
    await program.slack.waitForApp();
    await program.slack.clock.forward({ minutes: 1 });
    await tour.getByText('Nothing was lost. Resolve it.').waitFor();
    await headline(dev).getByRole('button', { name: 'Resolve' }).click();
    const resolving = dev.getByRole('dialog');
    await resolving.locator('button[type=submit]').click();
    await tour.getByText('That was an incident').waitFor();
    await dev.close();
  }, 90_000);

  it('shows a message in ten windows at once', async () => {
    const windows: Page[] = [];
    // A browser holds six connections to one address for all that is fetched.
    for (let count = 0; count < 10; count += 1) windows.push(await screens.as(count % 2 === 0 ? 'ben' : 'chloe'));
    await program.slack.as('eli').say('To all ten', { channel: 'incidents' });
    for (const page of windows) await message(page, 'To all ten').waitFor();
    for (const page of windows) await page.close();
  }, 60_000);

  it('is refused to another name of this machine, and takes nothing from another origin', async () => {
    const { port } = new URL(program.url);
    const page = await screens.context.newPage();
    const rebound = await page.goto(`http://${elsewhere}:${port}/`);
    expect(rebound?.status()).toBe(403);
    await page.route(`http://${elsewhere}/`, (route) => route.fulfill({ contentType: 'text/html', body: 'hello' }));
    await page.goto(`http://${elsewhere}/`);
    const say = `${program.url}/sandbox/people/ana/say`;
    await page.evaluate(
      ([to, body]) => fetch(to ?? '', { method: 'POST', mode: 'no-cors', body }).catch(() => undefined),
      [say, JSON.stringify({ text: 'said from elsewhere', channel: 'incidents' })],
    );
    await page.close();
    expect(JSON.stringify(await program.slack.messages('incidents'))).not.toContain('said from elsewhere');
  });

  it('had nothing to complain of in any window', () => {
    expect(screens.errors).toEqual([]);
  });
});
