import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type LocalServer, localServer } from '../support/local-server.ts';
import { type MailServer, mailServer } from '../support/mail-server.ts';
import { story } from '../support/story.ts';

const secret = 'what signs pages here';
const paging: Record<string, string> = {
  PAGING_MAIL_FROM: 'tocsin@example.com',
  PAGING_MAIL_TO: 'night@example.com',
  PAGING_WEBHOOK_SECRET: secret,
};
let mail: MailServer;
let hook: LocalServer;
beforeAll(async () => {
  mail = await mailServer();
  hook = await localServer({ status: 204 });
  paging.SMTP_URL = `smtp://tocsin:canary@127.0.0.1:${mail.port}`;
  paging.PAGING_WEBHOOK_URL = `${hook.url}/page`;
});
afterAll(async () => {
  await mail[Symbol.asyncDispose]();
  await hook[Symbol.asyncDispose]();
});

const { ana, bot, clock, faults, incidents } = story({ paging });

beforeEach(async () => {
  mail.mails.length = 0;
  hook.received.length = 0;
  for (const command of Object.keys(mail.says)) delete mail.says[command];
  hook.answers({ status: 204 });
  await faults.outage(true, 'pagerduty.events');
});

/** Declared while PagerDuty is down, and a minute later the next way has been taken. */
async function declared(more: object = {}) {
  await ana.declares('Checkout is failing', { severity: 'sev1', services: ['checkout'], ...more });
  const room = await ana.isInvitedTo(/^inc-1/);
  await room.headline(/not accepted yet/);
  expect([mail.mails, hook.received]).toEqual([[], []]);
  await clock.forward({ seconds: 61 });
  return room;
}

describe('while PagerDuty is down', () => {
  it('a mail says what it is about and has a link, and the webhook rests', async () => {
    const room = await declared({ summary: 'Payments time out' });
    await room.shows(/Not yet by PagerDuty[\s\S]*Accepted by mail/);
    const [one, ...others] = mail.mails;
    expect([others, hook.received]).toEqual([[], []]);
    expect(one).toMatchObject({ from: 'tocsin@example.com', to: ['night@example.com'] });
    expect(one?.data).toMatch(/^Subject: SEV1 #1 Checkout is failing$/m);
    expect(one?.data).toMatch(/severity: SEV1[\s\S]*Payments time out[\s\S]*https?:\/\/\S+/);
  });

  it('an incident that comes back wakes by the next way as well, as something new', async () => {
    const room = await declared();
    await room.shows(/Accepted by mail/);
    await ana.types('/incident resolve', room);
    await ana.submits({ felt: 'no' });
    await room.headline(/Resolved/);
    await faults.outage(false, 'pagerduty.events');
    await bot.settled();
    await faults.outage(true, 'pagerduty.events');
    await faults.outage(true, 'pagerduty.rest');
    await ana.types('/incident reopen it is back', room);
    await room.headline(/not accepted yet/);
    expect(mail.mails).toHaveLength(1);
    await clock.forward({ seconds: 61 });
    await eventually('the second mail', async () => mail.mails[1]);
    const ids = mail.mails.map(({ data }) => /^Message-ID: (.*)$/im.exec(data)?.[1]);
    expect(new Set(ids).size).toBe(2);
    await faults.outage(false, 'pagerduty.events');
    await faults.outage(false, 'pagerduty.rest');
    await clock.forward({ minutes: 2 });
    await room.shows(/Accepted by PagerDuty[\s\S]*Accepted by mail/);
    expect((await incidents())[0]?.pages.every(({ ways }) => ways.every(({ outcome }) => outcome === 'accepted'))).toBe(
      true,
    );
  });

  it('a mail about a private incident has its number and a link, and nothing else', async () => {
    await declared({ private: true, summary: 'Names were taken' });
    const data = await eventually('the mail', async () => mail.mails[0]?.data);
    expect(data).toMatch(/^Subject: Private incident #1$/m);
    expect(data.slice(data.indexOf('\n\n')).trim()).toMatch(/^Private incident #1\s+https?:\/\/\S+$/);
    expect(data).not.toMatch(/checkout|failing|Names|SEV1/i);
  });

  it.each([
    ['refuses the password', 'AUTH', '535 authentication failed'],
    ['knows nobody of that name', 'RCPT', '550 nobody of that name'],
  ])('a mail server that %s is not waited for: the webhook is next, signed', async (_, command, answer) => {
    mail.says[command] = answer;
    const room = await declared();
    await room.shows(/Not by mail: the mail server said [\s\S]*Accepted by the webhook/);
    expect(mail.mails).toEqual([]);
    const [one, ...others] = hook.received;
    expect(others).toEqual([]);
    expect(one?.body).toMatchObject({ subject: 'SEV1 #1 Checkout is failing', severity: 'sev1', incident: 1 });
    const at = String(one?.headers['x-tocsin-timestamp']);
    const signature = createHmac('sha256', secret).update(`${at}.${one?.raw}`).digest('hex');
    expect(one?.headers['x-tocsin-signature']).toBe(`v1=${signature}`);
    expect(Math.abs(Number(at) * 1_000 - (await clock.now()).getTime())).toBeLessThan(5_000);
    expect(bot.log()).not.toContain('canary');
  });

  it('a webhook about a private incident has its number and a link, and nothing else', async () => {
    mail.says.MAIL = '554 no';
    await declared({ private: true });
    const body = await eventually('the webhook', async () => hook.received[0]?.body);
    expect(body).toEqual({
      key: expect.stringMatching(/^tocsin:inc_[^:]+:1$/),
      subject: 'Private incident #1',
      text: 'Private incident #1',
      link: expect.stringMatching(/^http/),
      incident: 1,
    });
  });

  it.each([
    ['puts it off', 'MAIL', '451 try again later'],
    ['says nothing', 'GREETING', 'hang'],
  ])('a mail server that %s has its minute, and the webhook is next', async (_, command, answer) => {
    mail.says[command] = answer;
    const room = await declared();
    await room.shows(/On its way by mail/);
    await clock.forward({ seconds: 61 });
    await room.shows(
      /Not yet by mail: not accepted within 60 s; it is still being tried[\s\S]*Accepted by the webhook/,
    );
    expect(mail.mails).toEqual([]);
    mail.hangUp();
  });

  it('a mail server that hangs up is asked again', async () => {
    mail.says.GREETING = 'reset';
    const room = await declared();
    delete mail.says.GREETING;
    await clock.forward({ seconds: 50 });
    await room.shows(/Accepted by mail/);
    expect(hook.received).toEqual([]);
  });
});

describe('when no way is left', () => {
  it('whoever declared it is told to call people, once, while PagerDuty is still being tried', async () => {
    mail.says.AUTH = '535 authentication failed';
    hook.answers({ status: 410 });
    const room = await declared();
    await ana.isTold(/I could not wake Checkout on-call: no way has accepted it so far. Call them yourself/);
    await room.shows(/Not yet by PagerDuty[\s\S]*Not by mail[\s\S]*Not by the webhook/);
    await clock.forward({ seconds: 60 });
    await bot.settled();
    const told = (await ana.self().sees(await ana.dm())).filter(({ text }) => text.includes('I could not wake'));
    expect(told).toHaveLength(1);
    await faults.outage(false, 'pagerduty.events');
    await clock.forward({ seconds: 31 });
    await room.headline(/ringing/);
    expect(await incidents()).toMatchObject([{ pages: [{ ways: [{ outcome: 'accepted' }, {}, {}] }] }]);
  });
});
