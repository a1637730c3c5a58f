import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Person, SandboxClient } from '../sandbox/client.ts';
import type { Program } from '../tests/sandbox/page/program.ts';
import { type Screens, types } from '../tests/sandbox/page/screen.ts';

/** Longer than any line it is shown in, as titles are that somebody types at night. */
const title =
  'Checkout declines every second card in Europe: the payment gateway still holds the certificate that ran out at 08:52, and the retries of the mobile apps take the pool of connections that paying by invoice needs as well';

const summary =
  'Customers in Europe see “Your card was declined” though their cards are fine. Paying by invoice works, slowly.';

const texts: Record<string, string> = {
  summary: `For 1 hour 40 minutes about every fifth customer could not pay by card in Europe. The payment gateway went on using a certificate that had run out, because it reads its certificates once, when it starts. Restarting it one instance at a time ended it.

**No order was lost**: carts were kept, and 4,312 of 4,890 customers came back within a day.`,
  'contributing-factors': `1. The renewal ran a week before and wrote the new certificate to disk; the gateway kept the old one in memory.
2. The alert for certificates that run out looks at the file, and not at what is served:

\`\`\`
$ openssl s_client -connect pay.example:443 </dev/null | openssl x509 -noout -enddate
notAfter=Mar  2 08:52:00 2026 GMT
$ openssl x509 -in /etc/gateway/tls.pem -noout -enddate
notAfter=May 31 08:52:00 2026 GMT
\`\`\`

3. The mobile apps retry a declined card three times within a second, so the pool of connections ran out as well.

| Pool | Size | In use at 09:10 | Waiting |
|---|--:|--:|--:|
| \`cards-eu\` | 200 | 200 | 1,847 |
| \`invoice\` | 50 | 50 | 212 |
| \`cards-us\` | 200 | 38 | 0 |

> We looked at the issuer first, since “declined” is what an issuer says. The gateway says the same for whatever it cannot send.`,
  'what-went-well': `- Support wrote within four minutes, with the browser’s own words.
- The feature flag that hides cards was tried and worked; it bought twenty minutes.`,
  'what-went-badly': `- Nobody had ever restarted one instance of the gateway alone, so there was no runbook for it.
- The graph of declined cards does not tell the reasons apart.`,
  'where-we-got-lucky': `- It was a Monday morning; on a Friday evening three times as many people pay.`,
};

export interface Stage {
  program: Program;
  browser: Browser;
  screens: Screens;
  /** Where pictures go. */
  folder: string;
  shoot(page: Page, name: string): Promise<void>;
}

/** An incident of a long morning, and its postmortem as people see it: in Slack, on its page, as an HTML file and as a PDF. */
export async function photographPostmortem({ program, browser, screens, folder, shoot }: Stage): Promise<void> {
  const { slack } = program;
  const channel = await aLongMorning(slack, browser);
  const site = /are at (http:\S+)\/incidents/.exec(program.said())?.[1];
  if (!site) throw new Error(`The sandbox did not say where the pages are:\n${program.said()}`);

  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${site}/sign-in/slack`);
  await page.getByRole('link', { name: 'Ana Ruiz' }).click();
  for (const [section, text] of Object.entries(texts)) {
    await page.goto(`${site}/incidents/1/postmortem/${section}`);
    const written = (await page.locator('#text').inputValue()).trimStart();
    // What the record fills in stays; the questions are answered.
    const kept = written.replace(/\{\{\?[\s\S]*?\}\}\n*/g, '').trim();
    await page.locator('#text').fill([kept, text].filter(Boolean).join('\n\n'));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/postmortem#/);
  }
  await page.goto(`${site}/incidents/1/postmortem`);
  await shoot(page, 'postmortem-page');

  await page.goto(`${site}/incidents/1/postmortem/follow-ups`);
  const text = await page.locator('#text').inputValue();
  await page
    .locator('#text')
    .fill(`${text.trimStart()}\n\n- Be more careful with certificates\n\nBen should have tested it.`);
  await page.getByText('May read as blame').waitFor();
  await shoot(page, 'postmortem-editor');
  await page.locator('#text').fill(text);

  const ana = await screens.as('ana');
  await ana.setViewportSize({ width: 1280, height: 1000 });
  await ana
    .getByRole('navigation', { name: 'Channels and people' })
    .getByRole('button', { name: new RegExp(`^${(await slack.channel(channel))?.name}`) })
    .click();
  await types(ana, '/incident postmortem');
  await ana.getByRole('button', { name: 'Send for review' }).last().waitFor();
  await shoot(ana, 'postmortem-slack');
  await ana.close();

  await photographFiles(page, browser, { site, folder, shoot });
}

/** The exports, as whoever is sent them opens them. */
async function photographFiles(
  page: Page,
  browser: Browser,
  { site, folder, shoot }: { site: string } & Pick<Stage, 'folder' | 'shoot'>,
): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'tocsin-pictures-'));
  try {
    const html = join(scratch, 'postmortem.html');
    writeFileSync(html, await (await page.request.get(`${site}/incidents/1/export/html`)).body());
    const reader = await browser.newPage({ viewport: { width: 1000, height: 1300 } });
    await reader.goto(pathToFileURL(html).href);
    await shoot(reader, 'postmortem-html');
    await reader.close();

    const pdf = join(folder, 'postmortem.pdf');
    writeFileSync(pdf, await (await page.request.get(`${site}/incidents/1/export/pdf`, { timeout: 60_000 })).body());
    console.log('docs/pictures/postmortem.pdf');
    // Of poppler-utils: where it is not, the picture of the first page stays as it was.
    if (spawnSync('pdftoppm', ['-v']).status !== 0)
      return console.log('no pdftoppm: postmortem-pdf.png was left as it is');
    const first = ['-png', '-r', '80', '-singlefile', '-f', '1', '-l', '1'];
    execFileSync('pdftoppm', [...first, pdf, join(folder, 'postmortem-pdf')]);
    console.log('docs/pictures/postmortem-pdf.png');
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The machine may be busy. */
const patient = { within: 60_000 };

/** Gives its channel. */
async function aLongMorning(slack: SandboxClient, browser: Browser): Promise<string> {
  const [ana, ben, chloe] = [slack.as('ana'), slack.as('ben'), slack.as('chloe')];
  await ana.command('/incident', { channel: 'incidents' });
  const form = await ana.waitForView();
  await ana.submit({ title, summary, severity: 'sev2', felt: 'yes', services: ['checkout'] }, { view: form.id });
  const { id: channel } = await slack.waitForChannel(/^inc-\d+-checkout-declines/, patient);
  await slack.waitForMessage(channel, /Checkout declines/, patient);
  const at = { channel };
  await ben.join(channel);
  await chloe.join(channel);
  const types = (who: Person, words: string) => who.command(`/incident ${words}`, at);
  /** Said, and kept in the timeline. */
  const notes = async (who: Person, words: string) => {
    const said = await who.say(words, at);
    await who.react('pushpin', said);
  };
  const pass = async (minutes: number) => {
    await slack.quiet(patient);
    await slack.clock.forward({ minutes });
  };

  await types(ana, 'lead');
  await types(ana, 'role communications-lead @chloe');
  await types(ben, 'impact yes since 8 minutes ago');
  await notes(ben, 'Declined cards in Europe: 2 % → 48 % within three minutes. Nothing was deployed since Friday.');
  await graph(browser, ben, channel);
  await pass(6);
  await types(
    chloe,
    'update Some cards are declined in Europe though they are fine. We are looking at the payment gateway.',
  );
  await notes(
    ana,
    'מהתמיכה בתל אביב: לקוחות כותבים שכרטיס האשראי נדחה, אבל תשלום בחשבונית עובד (error `card_declined`)',
  );
  await pass(9);
  await notes(
    ben,
    'It is TLS and not the issuer:\n```\nERR pay-gw-3 upstream=cards-eu tls: certificate has expired\nERR pay-gw-1 upstream=cards-eu tls: certificate has expired\n```',
  );
  await types(ben, 'status identified the gateway serves a certificate that ran out');
  await types(ana, 'impact 20 %');
  await pass(10);
  await types(chloe, 'update We found it: a certificate ran out. Until it is replaced, paying by invoice works.');
  await notes(chloe, 'رسالة من فريق الدعم في دبي: العملاء لا يستطيعون الدفع بالبطاقة منذ الصباح');
  await pass(20);
  await types(chloe, 'update The first of six gateways has the new certificate. We restart the others one by one.');
  await notes(
    ben,
    'pay-gw-1 is back with the new certificate: https://grafana.example/d/gateway?var-instance=pay-gw-1',
  );
  await pass(25);
  await types(chloe, 'update Four of six gateways are replaced. Fewer than 8 % of cards are declined now.');
  await pass(20);
  await types(ben, 'impact ended 2 minutes ago');
  await types(ana, 'status monitoring all six gateways have the new certificate');
  await types(chloe, 'update All cards work again. We watch it for half an hour.');
  await pass(30);
  await types(ana, 'followup Reload certificates in the gateway without a restart @ben by Friday');
  await types(ana, 'followup Alert 14 days before a certificate that is served runs out @ana by next Monday');
  await types(chloe, 'followup Tell declined cards and failed connections apart in the words customers see');
  await slack.quiet();
  await types(ana, 'resolve Gateways were restarted one by one with the new certificate');
  const end = await ana.waitForView(undefined, patient);
  await ana.submit({}, { view: end.id });
  await slack.waitForMessage(channel, /[Rr]esolved/, patient);
  await slack.quiet(patient);
  return channel;
}

/** A graph as people paste it. */
async function graph(browser: Browser, who: Person, channel: string): Promise<void> {
  const points = Array.from({ length: 61 }, (_, minute) => {
    const share = minute < 22 ? 2 + (minute % 3) : Math.min(48, 2 + (minute - 22) ** 1.9) + ((minute * 7) % 5);
    return `${60 + minute * 13},${340 - share * 5.6}`;
  });
  const lines = [0, 10, 20, 30, 40, 50].map(
    (share) =>
      `<line x1="60" x2="840" y1="${340 - share * 5.6}" y2="${340 - share * 5.6}" stroke="#2c3440"/><text x="48" y="${345 - share * 5.6}" text-anchor="end">${share} %</text>`,
  );
  const hours = ['08:30', '08:45', '09:00', '09:15', '09:30'].map(
    (hour, index) => `<text x="${60 + index * 195}" y="366" text-anchor="middle">${hour}</text>`,
  );
  const page = await browser.newPage({ viewport: { width: 880, height: 390 }, deviceScaleFactor: 2 });
  await page.setContent(
    `<body style="margin:0;background:#161b22"><svg width="880" height="390" font-family="sans-serif" font-size="13" fill="#9aa7b5"><text x="60" y="28" font-size="16" fill="#e6edf3">Declined cards by region, share of attempts: eu-west</text>${lines.join('')}${hours.join('')}<polyline points="${points.join(' ')}" fill="none" stroke="#f2994a" stroke-width="2.5"/></svg>`,
  );
  const content = (await page.screenshot()).toString('base64');
  await page.close();
  await who.upload({ name: 'declined-cards.png', content, encoding: 'base64' }, { channel });
  const [said] = (await who.sees(channel)).filter(({ files = [] }) => files.length > 0);
  if (said) await who.react('pushpin', said);
}
