/** PagerDuty in the world panel, in a real browser: what people see of it, and what they do there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { type SandboxClient, sandboxAt } from '../../../sandbox/client.ts';
import { pagerDutyToken } from '../../../sandbox/pagerduty/wire.ts';
import { createSandbox, type Sandbox } from '../../../sandbox/server.ts';
import { buildPage } from '../../../scripts/build-page.ts';
import { eventually } from '../../support/eventually.ts';
import { browserPath, openBrowser } from './browser.ts';
import { openScreens, type Screens, seriousIn } from './screen.ts';

if (!browserPath) console.warn('SKIPPED: PagerDuty in a browser, since there is no Chromium here (set CHROMIUM).');
const inBrowser = browserPath ? describe : describe.skip;

inBrowser('PagerDuty in the world panel', () => {
  let folder: string;
  let sandbox: Sandbox;
  let slack: SandboxClient;
  let browser: Browser;
  let screens: Screens;

  beforeAll(async () => {
    // As esbuild names what it has written.
    folder = relative('.', await mkdtemp(join(tmpdir(), 'sandbox-page-')));
    await buildPage(folder);
    sandbox = await createSandbox({ manifest: '/none', page: folder });
    slack = sandboxAt(sandbox.url);
    browser = await openBrowser();
    screens = await openScreens(browser, sandbox.url);
  }, 120_000);

  beforeEach(async () => {
    await slack.startOver();
    await slack.pagerduty.setOnCall('PSCCHK', ['ben']);
  });

  afterAll(async () => {
    await browser?.close();
    await sandbox?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const panelOf = (page: Page) => page.getByRole('complementary', { name: 'World' });

  /** By keyboard: the tabs are one stop, and arrows go among them. */
  async function opened(person: string): Promise<{ page: Page; panel: Locator }> {
    const page = await screens.as(person);
    await page.getByRole('button', { name: /^World/ }).click();
    const panel = panelOf(page);
    await panel.getByRole('tab', { name: 'World' }).focus();
    await page.keyboard.press('ArrowRight');
    await panel.getByRole('region', { name: 'On call' }).waitFor();
    return { page, panel };
  }

  it('shows what is open and who is on call, and lets whoever looks take, escalate, resolve and reopen it', async () => {
    const { id } = await slack.pagerduty.as('dev').open('PSVCCHK', 'Checkout is failing');
    const { panel } = await opened('ben');
    const incident = panel.getByRole('listitem').filter({ hasText: 'Checkout is failing' });
    await incident.getByText('level 1, Ben Okafor').waitFor();
    await incident.getByRole('button', { name: 'Acknowledge #1' }).press('Enter');
    await incident.getByText('taken by Ben Okafor').waitFor();
    expect(await slack.pagerduty.incident(id)).toMatchObject({ status: 'acknowledged', changedBy: 'PUSRBEN' });
    await incident.getByRole('button', { name: 'Escalate #1' }).click();
    await incident.getByText('level 2, Dev Patel').waitFor();
    await panel.getByRole('combobox', { name: 'as' }).selectOption('Ana Ruiz');
    await incident.getByRole('button', { name: 'Resolve #1' }).click();
    await incident.getByRole('button', { name: 'Reopen #1' }).waitFor();
    expect(await slack.pagerduty.incident(id)).toMatchObject({ status: 'resolved', changedBy: 'PUSRANA' });
    await panel.getByRole('row', { name: /Checkout Ben Okafor/ }).waitFor();
    await panel.getByRole('row', { name: /Nobody yet nobody/ }).waitFor();
  });

  it('shows who was asked to help, and lets each of them answer', async () => {
    const { id } = await slack.pagerduty.as('dev').open('PSVCCHK', 'Checkout is failing');
    const target = (user: string) => ({ responder_request_target: { id: user, type: 'user_reference' } });
    const asked = await fetch(`${sandbox.pagerDuty.apiUrl}/incidents/${id}/responder_requests`, {
      method: 'POST',
      headers: {
        authorization: `Token token=${pagerDutyToken}`,
        'content-type': 'application/json',
        from: 'ana@sandbox.example',
      },
      body: JSON.stringify({
        requester_id: 'PUSRANA',
        message: 'Can you look?',
        responder_request_targets: [target('PUSRCHL'), target('PUSRDEV')],
      }),
    });
    expect(asked.ok).toBe(true);
    const { panel } = await opened('ben');
    await panel.getByText('Chloe Martin was asked to help').waitFor();
    await panel.getByRole('button', { name: 'Accept for Chloe Martin #1' }).click();
    await panel.getByText('Chloe Martin comes to help').waitFor();
    await panel.getByRole('button', { name: 'Decline for Dev Patel #1' }).press('Enter');
    await panel.getByText('Dev Patel cannot come').waitFor();
    expect((await slack.pagerduty.incident(id)).responders).toMatchObject([{ state: 'joined' }, { state: 'declined' }]);
  });

  it('lets a person open one there, and says what cannot be', async () => {
    const { page, panel } = await opened('gus');
    await panel.getByRole('textbox', { name: 'Title of a new incident' }).fill('Cards are declined');
    await panel.getByRole('button', { name: 'Open' }).press('Enter');
    await panel.getByRole('listitem').filter({ hasText: 'Cards are declined' }).waitFor();
    const [first] = await slack.pagerduty.incidents();
    expect(first).toMatchObject({ service: 'PSVCCHK', createdBy: 'PUSRANA' });
    await panel.getByRole('textbox', { name: 'Title of a new incident' }).fill('No letter came');
    await panel.getByRole('combobox', { name: 'Service of a new incident' }).selectOption('Newsletter');
    await panel.getByRole('button', { name: 'Open' }).click();
    await page.getByText('nobody is on call for PSVCEMP').waitFor();
    expect(screens.errors.splice(0)).toEqual([expect.stringMatching(/400 .*people\/ana$/)]);
  });

  it('takes each part of it down by a switch', async () => {
    const { panel } = await opened('ana');
    for (const [name, part] of [
      ['Events are down', 'events'],
      ['The REST API is down', 'rest'],
      ['Webhooks are down', 'webhooks'],
    ] as const) {
      await panel.getByRole('switch', { name }).press('Space');
      const isOut = async () => (await slack.pagerduty.summary()).outages[part] || undefined;
      await eventually(`${part} to be out`, isOut);
    }
    await panel.getByRole('switch', { name: 'The token is revoked' }).click();
    await eventually(
      'the token to be revoked',
      async () => (await slack.pagerduty.summary()).tokenRevoked || undefined,
    );
  });

  it('strikes some of its calls, as strong as one likes', async () => {
    const { panel } = await opened('ana');
    await panel.getByRole('combobox', { name: 'Lost replies of PagerDuty' }).selectOption('the next one');
    const rules = async () => (await fetch(`${sandbox.url}/sandbox/faults`)).json() as Promise<object[]>;
    await eventually('the rule to be there', async () => (await rules()).length === 1 || undefined);
    expect(await rules()).toMatchObject([{ kind: 'lost-reply', method: 'pagerduty.*', times: 1 }]);
    await panel.getByRole('tab', { name: 'World' }).click();
    await panel.getByRole('button', { name: 'Clear all' }).click();
    await eventually('the rule to be gone', async () => (await rules()).length === 0 || undefined);
  });

  it('is where a link to PagerDuty leads', async () => {
    const { id } = await slack.pagerduty.as('dev').open('PSVCCHK', 'Checkout is failing');
    await screens.as('ana');
    const page = await screens.context.newPage();
    await page.goto(`${sandbox.url}/pagerduty/incidents/${id}`);
    await panelOf(page).getByText('Checkout is failing').waitFor();
  });

  it('is readable in light and dark, wide and narrow, and falls out of nothing', async () => {
    const { id } = await slack.pagerduty.as('dev').open('PSVCCHK', 'Checkout is failing');
    await slack.pagerduty.as('dev').open('PSVCSRC', 'Search is slow');
    await slack.pagerduty.as('ben').acknowledge(id);
    await slack.faults.outage(true, 'pagerduty.events');
    const { page, panel } = await opened('ana');
    await panel.getByText('taken by Ben Okafor').waitFor();
    for (const theme of ['light', 'dark'])
      for (const width of [1280, 390]) {
        await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
        await page.setViewportSize({ width, height: 844 });
        expect(await seriousIn(page, theme === 'dark' ? ['color-contrast'] : undefined)).toEqual([]);
        const isWider = await panel.evaluate((aside) =>
          [...aside.querySelectorAll('*')].some((one) => one.getBoundingClientRect().right > innerWidth + 1),
        );
        expect(isWider).toBe(false);
        const to = process.env.PAGERDUTY_PICTURES;
        if (to) await page.screenshot({ path: join(to, `pagerduty-${theme}-${width}.png`) });
      }
    expect(screens.errors).toEqual([]);
  }, 60_000);
});
