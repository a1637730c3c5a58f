import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openBrowser } from '../tests/sandbox/page/browser.ts';
import { type Program, startProgram, takenPort } from '../tests/sandbox/page/program.ts';
import { openScreens, types } from '../tests/sandbox/page/screen.ts';
import { photographPostmortem, type Stage } from './postmortem-pictures.ts';

/**
 * Plays incidents in the sandbox and photographs what people see, into docs/pictures: `npm run screenshots`, or one part of it,
 * `npm run screenshots -- incident`, `-- paging` or `-- postmortem`.
 */

const pictures = join(import.meta.dirname, '..', 'docs', 'pictures');
mkdirSync(pictures, { recursive: true });

const parts = { incident: photographIncident, paging: photographPaging, postmortem: photographPostmortem };
const [only] = process.argv.slice(2);
if (only !== undefined && !(only in parts))
  throw new Error(`There is no ${only}; there are ${Object.keys(parts).join(', ')}.`);

const browser = await openBrowser();
try {
  for (const [name, photograph] of Object.entries(parts)) if (!only || name === only) await onStage(photograph);
} finally {
  await browser.close();
}

/** Each in a workspace of its own. */
async function onStage(photograph: (stage: Stage) => Promise<void>): Promise<void> {
  await using taken = await takenPort();
  await using program = await startProgram({ port: taken.port, botPort: taken.port + 1 });
  await using screens = await openScreens(browser, program.url);
  await photograph({ program, browser, screens, folder: pictures, shoot });
}

async function photographIncident({ program, screens: { as } }: Stage): Promise<void> {
  const { slack } = program;
  const ana = await as('ana');
  await channel(ana, /^incidents/).click();
  await types(ana, '/incident Checkout fails for some customers');
  const form = ana.getByRole('dialog');
  await form.getByRole('radio', { name: 'Yes', exact: true }).check();
  await form.getByRole('combobox', { name: 'How severe?' }).waitFor();
  await shoot(ana, 'declare');
  await send(form);

  await channel(ana, /^inc-1-/).click();
  await headline(ana).getByText('#1 Checkout fails').waitFor();
  const incident = (await slack.waitForChannel(/^inc-1-/)).id;
  await slack.as('ben').join(incident);
  await types(ana, '/incident lead');
  await headline(ana).getByText('Incident commander').first().waitFor();
  await slack.as('ben').say('Cards fail at payment since the last deploy. Rolling back.', { channel: incident });
  await slack.as('ben').command('/incident impact yes since 10 minutes ago', { channel: incident });
  await headline(ana)
    .getByText(/feel it, since|feel it since/)
    .waitFor();
  await slack.as('ben').command('/incident status identified the new payment client times out', { channel: incident });
  await headline(ana).getByText('Identified').waitFor();

  await types(ana, '/incident update');
  const update = ana.getByRole('dialog');
  await update
    .getByRole('textbox')
    .first()
    .fill('Some cards fail at payment. We are rolling back; it takes ten minutes.');
  await shoot(ana, 'update');
  await send(update);
  await headline(ana).getByText('We are rolling back').waitFor();
  await ana.setViewportSize({ width: 1280, height: 1060 });
  await quiet(ana, program);
  await shoot(ana, 'incident');

  await turnDark(ana);
  await ana.setViewportSize({ width: 390, height: 844 });
  await quiet(ana, program);
  await shoot(ana, 'narrow-dark');
  await ana.setViewportSize({ width: 1280, height: 800 });
  await turnDark(ana);

  await photographForm(ana, '/incident roles', 'roles');

  await photographForm(ana, '/incident handover commander @ben', 'handover');
  await slack.as('ben').command('/incident task Roll back the payment client @ana by 20:00', { channel: incident });
  await slack.as('ana').command('/incident task Tell support what to say', { channel: incident });
  await types(ana, '/incident task');
  await show(ana.getByRole('button', { name: 'Add a task' }));
  await shoot(ana, 'tasks');

  await slack.clock.forward({ minutes: 31 });
  await channel(ana, /^Tocsin/).click();
  await show(ana.getByRole('button', { name: /^Snooze/ }).first());
  await shoot(ana, 'reminder');
  await channel(ana, /^inc-1-/).click();
  await quiet(ana, program);
  await show(headline(ana).getByText(/overdue/i));
  await shoot(ana, 'overdue');

  await channel(ana, /^Tocsin/).click();
  await ana.getByRole('tab', { name: 'Home' }).click();
  await ana.getByRole('button', { name: 'Declare an incident' }).waitFor();
  await ana.getByText('#1').first().waitFor();
  await shoot(ana, 'home');

  await channel(ana, /^incidents/).click();
  await types(ana, '/incident Cards are declined');
  await send(ana.getByRole('dialog'));
  await channel(ana, /^inc-2-/).click();
  await headline(ana).getByText('#2 Cards').waitFor();
  await photographForm(ana, '/incident merge', 'merge');

  await channel(ana, /^inc-1-/).click();
  await headline(ana).getByRole('button', { name: 'Resolve' }).click();
  await ana.getByRole('dialog').waitFor();
  await shoot(ana, 'resolve');
  await send(ana.getByRole('dialog'));
  await headline(ana).getByText('Resolved').first().waitFor();
  await photographForm(ana, '/incident reopen', 'reopen');

  await ana.getByRole('button', { name: /^World/ }).click();
  await ana.getByRole('complementary', { name: 'World' }).waitFor();
  await ana.setViewportSize({ width: 1280, height: 640 });
  await shoot(ana, 'world');
}

/** One page that somebody has taken, and one that rings: as the thread shows them, and as PagerDuty has them. */
async function photographPaging({ program, screens: { as } }: Stage): Promise<void> {
  const { slack } = program;
  await slack.as('ana').command('/incident', { channel: 'incidents' });
  await slack.as('ana').waitForView('declare');
  await slack.as('ana').submit({ title: 'Checkout fails for some customers', severity: 'sev3' });
  const incident = (await slack.waitForChannel(/^inc-1-/)).id;
  const ana = await as('ana');
  await channel(ana, /^inc-1-/).click();
  await headline(ana).getByText('#1 Checkout fails').waitFor();
  await slack.as('ana').command('/incident page search the index answers with old prices', { channel: incident });
  const { id } = await slack.pagerduty.waitForIncident(/^SEV3 #1/);
  await quiet(ana, program);
  const [first = id] = (await slack.pagerduty.incidents()).map((one) => one.id);
  await slack.pagerduty.as('ben').acknowledge(first);
  await slack.pagerduty.as('ben').annotate(first, 'The payment provider confirms it');
  await headline(ana).getByText('has it').waitFor();
  await ana.setViewportSize({ width: 1280, height: 900 });
  await headline(ana)
    .getByRole('button', { name: /repl(?:y|ies)/ })
    .click();
  await quiet(ana, program);
  await show(ana.getByRole('button', { name: 'Escalate' }).last());
  await shoot(ana, 'paging');
  await ana.getByRole('button', { name: 'Close thread' }).click();
  await ana.getByRole('button', { name: /^World/ }).click();
  await ana.getByRole('tab', { name: 'PagerDuty' }).click();
  await ana.getByRole('region', { name: 'On call' }).waitFor();
  await quiet(ana, program);
  await shoot(ana, 'pagerduty');
}

function channel(page: Page, name: RegExp): Locator {
  return page.getByRole('navigation', { name: 'Channels and people' }).getByRole('button', { name });
}

function headline(page: Page): Locator {
  return page.locator('.message-pinned').first();
}

async function send(form: Locator): Promise<void> {
  await form.locator('button[type=submit]').click();
  await form.waitFor({ state: 'detached' });
}

/** Opens a form by its command, photographs it, and leaves it as it was. */
async function photographForm(page: Page, command: string, name: string): Promise<void> {
  await types(page, command);
  await page.getByRole('dialog').waitFor();
  await shoot(page, name);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function show(what: Locator): Promise<void> {
  await what.waitFor();
  await what.scrollIntoViewIfNeeded();
}

/** What the bot still edits would be a picture half old. */
async function quiet(page: Page, { slack }: Program): Promise<void> {
  await slack.quiet();
  await page.waitForTimeout(1500);
  if ((page.viewportSize()?.width ?? 0) < 768) await headline(page).scrollIntoViewIfNeeded();
}

async function turnDark(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(?:Light|Dark)$/ }).click();
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready');
  // Nothing is pointed at.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled', caret: 'hide' });
  console.log(`docs/pictures/${name}.png`);
}
