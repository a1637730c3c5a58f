import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { lanes } from '../../src/outbox/lanes.ts';
import { eventually } from '../support/eventually.ts';
import { type LocalServer, localServer } from '../support/local-server.ts';
import { type MailServer, mailServer } from '../support/mail-server.ts';
import { wordsOf } from '../support/shown.ts';
import { story } from '../support/story.ts';

/** Empty ones are not set. */
const paging: Record<string, string> = {
  PAGERDUTY_TOKEN: '',
  PAGERDUTY_FROM: '',
  PAGERDUTY_ROUTING_KEY: '',
  PAGERDUTY_WEBHOOK_SECRET: '',
  PAGING_MAIL_FROM: 'tocsin@example.com',
  PAGING_MAIL_TO: 'night@example.com',
};
let mail: MailServer;
let hook: LocalServer;
beforeAll(async () => {
  mail = await mailServer();
  hook = await localServer({ status: 204 });
  paging.SMTP_URL = `smtp://127.0.0.1:${mail.port}`;
  paging.PAGING_WEBHOOK_URL = hook.url;
});
afterAll(async () => {
  await mail[Symbol.asyncDispose]();
  await hook[Symbol.asyncDispose]();
});

const { ana, bot, clock, incidents, pagerduty, read } = story({ paging, logLevel: 'info' });

beforeEach(() => {
  mail.mails.length = 0;
  hook.received.length = 0;
  for (const command of Object.keys(mail.says)) delete mail.says[command];
});

async function declared(severity: 'sev1' | 'sev3' | 'sev4' = 'sev1') {
  await ana.declares('Checkout is failing', { severity, services: ['checkout'] });
  return ana.isInvitedTo(/^inc-1/);
}
const mailed = (count: number) =>
  eventually(`${count} mails`, async () => (mail.mails.length >= count ? mail.mails : undefined));

describe('without PagerDuty', () => {
  it('a severity pages by mail at once, one mail for all whom it demands', async () => {
    const room = await declared();
    await room.headline(/Paged\W+Checkout on-call: :bell: ringing/);
    const card = await room.shows(/Page to Checkout on-call[\s\S]*Accepted by mail/);
    expect(wordsOf(card)).not.toMatch(/Escalate|PagerDuty/);
    await bot.settled();
    expect(mail.mails).toHaveLength(1);
    expect(mail.mails[0]?.data).toMatch(/This page is for Checkout on-call\.\s[\s\S]*severity: SEV1/);
    expect(mail.mails[0]?.data).not.toMatch(/PagerDuty/);
    expect([hook.received, await pagerduty.incidents()]).toEqual([[], []]);
    expect(bot.log()).toMatch(/"ways":\["mail","webhook"\][^\n]*pages go by these ways/);
  });

  it('whoever takes it in Slack has it, and nobody hears that nobody does', async () => {
    const room = await declared();
    await room.shows(/Accepted by mail/);
    await ana.presses('I take it', room);
    await ana.sees(/You have it\. Everybody sees it/, room);
    await room.headline(new RegExp(`<@${ana.id}> has it`));
    await clock.forward({ minutes: 6 });
    await bot.settled();
    const [page] = (await incidents())[0]?.pages ?? [];
    expect([page?.state, page?.untakenAt]).toEqual(['acknowledged', undefined]);
    // Nothing waits for a PagerDuty that never comes.
    const work = await read((tx) => tx.outbox.counts());
    expect(work.filter(({ lane, state }) => lane === lanes.page && state !== 'done')).toEqual([]);
  });

  it('what nobody takes is told to whoever declared it, with no button that needs PagerDuty', async () => {
    const room = await declared();
    await room.shows(/Accepted by mail/);
    await clock.forward({ minutes: 6 });
    const told = await ana.isTold(/Nobody has taken the page to Checkout on-call for 5 min[\s\S]*Page someone else/);
    expect(wordsOf(told)).not.toMatch(/Escalate/);
  });

  it('somebody is paged in one line and by the form, which says who knows of duties', async () => {
    const room = await declared('sev4');
    await ana.types('/incident page search the index is stale', room);
    await mailed(1);
    expect(mail.mails[0]?.data).toMatch(/This page is for Search on-call\.[\s\S]*the index is stale/);
    await room.headline();
    await ana.presses('Page somebody', room);
    const form = await ana.form('Page somebody');
    await ana.self().choose('page-target', 'Checkout on-call', { view: form.id });
    await ana.form(/Only PagerDuty knows who is on call/);
    expect(await ana.submits({ 'page-why': 'Rollback is stuck' }, 'Page somebody')).toMatchObject({
      outcome: 'closed',
    });
    await mailed(2);
    expect(await ana.types('/incident oncall')).toMatch(/Only PagerDuty knows who is on call/);
    await ana.types('/incident page @ben can you look?', room);
    expect(await ana.submits({}, 'Page somebody')).toMatchObject({
      errors: { 'page-person': expect.stringMatching(/only be paged with a PagerDuty token/) },
    });
  });

  it('a mail that is refused makes way for the webhook, and when that is refused as well people are told', async () => {
    mail.says.MAIL = '554 no';
    const room = await declared();
    await room.shows(/Not by mail[\s\S]*Accepted by the webhook/);
    expect(hook.received).toHaveLength(1);
    hook.answers({ status: 410 });
    await ana.types('/incident page search the index is stale', room);
    await ana.isTold(/I could not wake Search on-call: no way was accepted/);
    await room.headline(/Search on-call: :x: nobody could be woken/);
    hook.answers({ status: 204 });
  });

  it('raising pages only where nobody was paged before, and reopening sends another mail', async () => {
    const room = await declared('sev4');
    await bot.settled();
    expect(mail.mails).toEqual([]);
    await ana.types('/incident sev 3 it spreads', room);
    await mailed(1);
    await ana.types('/incident sev 1 it is everybody', room);
    await room.headline(/SEV1/);
    await bot.settled();
    expect(mail.mails).toHaveLength(1);
    await ana.types('/incident resolve now', room);
    await room.headline(/Resolved/);
    await ana.types('/incident reopen it is back', room);
    await mailed(2);
    await room.headline(/ringing/);
    await bot.settled();
    const ids = mail.mails.map(({ data }) => /^Message-ID: (.*)$/m.exec(data)?.[1]);
    expect(new Set(ids).size).toBe(2);
  });
});
