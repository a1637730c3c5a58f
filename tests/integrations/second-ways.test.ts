import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { mailWay } from '../../src/integrations/mail/mail.ts';
import { secondWays } from '../../src/integrations/second-ways.ts';
import { webhookWay } from '../../src/integrations/webhook/webhook.ts';
import { secret } from '../../src/secret.ts';
import { localServer, type Reply } from '../support/local-server.ts';
import { type MailServer, mailServer } from '../support/mail-server.ts';

const open: { [Symbol.asyncDispose](): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
});
const kept = <T extends (typeof open)[number]>(one: T): T => {
  open.push(one);
  return one;
};

const message = {
  key: 'inc_1:checkout/way 2',
  subject: 'SEV1 Checkout is failing — incident 7',
  text: 'Nobody could be paged through PagerDuty.',
  link: 'https://tocsin.example.com/incidents/7',
  severity: 'sev1',
  incident: 7,
};
const failureOf = (sent: Promise<string>) =>
  sent.then(
    (took) => `took it: ${took}`,
    (error: Error) => error,
  );

describe('a mail', () => {
  const wayTo = ({ port }: Pick<MailServer, 'port'>, login = 'tocsin:canary@') =>
    mailWay(
      {
        url: secret(`smtp://${login}127.0.0.1:${port}`),
        from: 'tocsin@example.com',
        to: ['night@example.com', 'day@example.com'],
      },
      400,
    );

  it('goes to all of them at once, as urgent, and says what the server said', async () => {
    const server = kept(await mailServer());
    expect(await wayTo(server).send(message)).toBe('250 queued as 7');
    expect(server.mails).toHaveLength(1);
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: 'tocsin@example.com', to: ['night@example.com', 'day@example.com'] });
    expect(mail?.data).toMatch(/^Subject: =\?UTF-8\?Q\?SEV1_Checkout_is_failing/m);
    expect(mail?.data).toMatch(/^Importance: High$/im);
    expect(mail?.data).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(mail?.data).toContain('Nobody could be paged through PagerDuty.\n\nhttps://tocsin.example.com/incidents/7');
  });

  it('is the same mail when it is sent again', async () => {
    const server = kept(await mailServer());
    for (const _ of [1, 2]) await wayTo(server).send(message);
    const ids = server.mails.map(({ data }) => /^Message-ID: (.*)$/m.exec(data)?.[1]);
    expect(ids).toEqual(['<inc_1.checkout.way.2@example.com>', '<inc_1.checkout.way.2@example.com>']);
  });

  it('says whom the server did not take it for', async () => {
    const server = kept(await mailServer({ 'RCPT day@example.com': '550 nobody of that name' }));
    expect(await wayTo(server).send(message)).toBe('250 queued as 7; not for day@example.com');
  });

  it.each<[string, Record<string, string>, object]>([
    ['refused with its password', { AUTH: '535 authentication failed' }, { name: 'RefusedToken' }],
    ['refused for good', { RCPT: '550 nobody of that name' }, { name: 'Impossible', code: 'smtp_550' }],
    [
      'to come back later',
      { MAIL: '451 try again later' },
      { name: 'NotApplied', message: expect.stringMatching(/451/) },
    ],
    ['to come back later, at its end', { END: '452 too much mail' }, { name: 'NotApplied' }],
    ['in doubt when the connection breaks at its end', { END: 'reset' }, { name: 'Unclear' }],
    ['in doubt when the server says nothing at its end', { END: 'hang' }, { name: 'Unclear' }],
    ['in doubt when the server does not even greet', { GREETING: 'hang' }, { name: 'Unclear' }],
  ])('is %s', async (_, says, expected) => {
    const failure = await failureOf(wayTo(kept(await mailServer(says))).send(message));
    expect(failure).toMatchObject(expected);
    expect(`${(failure as Error).stack}${JSON.stringify(failure)}`).not.toContain('canary');
  });

  it('certainly did not go out when nobody is there', async () => {
    const server = await mailServer();
    await server[Symbol.asyncDispose]();
    expect(await failureOf(wayTo(server).send(message))).toMatchObject({ name: 'NotApplied' });
  });

  it('needs no password', async () => {
    const server = kept(await mailServer({ AUTH: '535 no' }));
    expect(await wayTo(server, '').send(message)).toBe('250 queued as 7');
  });
});

describe('a webhook', () => {
  const at = new Date('2026-03-02T09:00:00.700Z');
  const way = (url: string, signedWith?: string) =>
    webhookWay({ url: secret(`${url}/canary`), secret: signedWith ? secret(signedWith) : undefined }, () => at, 300);

  it('is JSON, signed with the time and the key to know it by', async () => {
    const server = kept(await localServer({ status: 204 }));
    expect(await way(server.url, 'a secret of ours').send(message)).toBe('HTTP 204');
    const [received] = server.received;
    expect(received).toMatchObject({ method: 'POST', path: '/canary', body: message });
    const signature = createHmac('sha256', 'a secret of ours').update(`1772442000.${received?.raw}`).digest('hex');
    expect(received?.headers).toMatchObject({
      'idempotency-key': 'inc_1:checkout/way 2',
      'x-tocsin-timestamp': '1772442000',
      'x-tocsin-signature': `v1=${signature}`,
    });
  });

  it('is not signed without a secret', async () => {
    const server = kept(await localServer({}));
    await way(server.url).send(message);
    expect(server.received[0]?.headers).not.toHaveProperty('x-tocsin-signature');
  });

  it.each<[string, Reply, object]>([
    ['held back', { status: 429, headers: { 'retry-after': '3' } }, { name: 'Held', retryAfterMs: 3_000 }],
    ['refused with its address', { status: 403 }, { name: 'RefusedToken' }],
    ['to nowhere', { status: 404 }, { name: 'Gone' }],
    ['refused', { status: 422 }, { name: 'Impossible', code: 'http_422' }],
    ['not sent on to somewhere else', { status: 302, headers: { location: '/' } }, { name: 'NotApplied' }],
    ['in doubt', { status: 503 }, { name: 'Unclear' }],
    ['in doubt when nobody answers', 'hang', { name: 'Unclear' }],
  ])('is %s', async (_, reply, expected) => {
    const server = kept(await localServer(reply));
    const failure = await failureOf(way(server.url).send(message));
    expect(failure).toMatchObject(expected);
    expect(server.received).toHaveLength(1);
    expect(`${(failure as Error).stack}${JSON.stringify(failure)}`).not.toContain('canary');
  });
});

describe('the second ways', () => {
  it('are those that are set, named without what is secret in them', () => {
    const mail = { url: secret('smtps://a:canary@mail.example.com'), from: 'a@example.com', to: ['b@example.com'] };
    const webhook = { url: secret('https://hooks.example.com/canary'), secret: undefined };
    const ways = (settings: object) =>
      secondWays({ pagerDuty: undefined, mail: undefined, webhook: undefined, ...settings }, () => new Date(0)).map(
        ({ kind, to }) => [kind, to],
      );
    expect(ways({})).toEqual([]);
    expect(ways({ mail, webhook })).toEqual([
      ['mail', 'b@example.com'],
      ['webhook', 'hooks.example.com'],
    ]);
  });
});
