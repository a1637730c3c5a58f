import { describe, expect, it } from '@jest/globals';
import { code } from '../../src/cli/code.ts';
import { reader, tokenIn } from '../support/reader.ts';
import { story } from '../support/story.ts';

const { slack, clock, bot, faults } = story();
const aReader = () => reader(() => bot.url());
const refused = /That did not work/;

async function aCode(person: string): Promise<string> {
  const said: string[] = [];
  expect(await code([person], bot.databaseUrl(), (line) => said.push(line))).toBe(0);
  return said[0]?.split('\n')[0] ?? '';
}

describe('signing in', () => {
  it('leads through Slack to the page that was asked for, and out again', async () => {
    const ana = aReader();
    const asked = await ana.goes('/incidents?status=all');
    expect(asked.url).toMatch(/\/sign-in\?to=%2Fincidents%3Fstatus%3Dall$/);
    const there = await ana.signsIn('ana', '/incidents?status=all');
    expect(there).toMatchObject({ status: 200, url: `${bot.url()}/incidents?status=all` });
    expect(there.text).toContain('<span class="me">Ana Ruiz</span>');
    expect([...ana.cookies.keys()]).toEqual(['tocsin-session']);

    expect((await ana.sends('/sign-out', { token: tokenIn(there.text) })).status).toBe(303);
    expect((await ana.goes('/incidents')).url).toContain('/sign-in');
  });

  it('takes a state once, in the browser it began in, for ten minutes', async () => {
    const ana = aReader();
    const { url } = await ana.goes('/sign-in/slack', /authorize/);
    const back = (await ana.goes(`${url}&as=ana`, /callback/)).url;
    expect((await aReader().goes(back)).text).toMatch(refused);
    expect((await ana.goes(back.replace(/state=[^&]+/, 'state=another'))).text).toMatch(refused);
    expect((await ana.goes(back.replace(/code=[^&]+&/, ''))).text).toMatch(refused);

    const again = (await ana.goes(`${(await ana.goes('/sign-in/slack', /authorize/)).url}&as=ana`, /callback/)).url;
    expect((await ana.goes(again)).url).toBe(`${bot.url()}/incidents`);
    ana.cookies.delete('tocsin-session');
    expect((await ana.goes(again)).text).toMatch(refused);

    const late = (await ana.goes(`${(await ana.goes('/sign-in/slack', /authorize/)).url}&as=ana`, /callback/)).url;
    await clock.forward({ minutes: 11 });
    expect((await ana.goes(late)).text).toMatch(refused);
  });

  it.each([
    ['of another app', { claims: { aud: '2.2' } }],
    ['by somebody else', { claims: { iss: 'https://evil.example' } }],
    ['that is too old', { claims: { exp: 1, iat: 0 } }],
    ['for another sign-in', { claims: { nonce: 'another' } }],
    ['of another workspace', { claims: { 'https://slack.com/team_id': 'T0OTHER' } }],
    ['that nobody signed', { alg: 'none' }],
    ['signed by its reader', { alg: 'HS256' }],
    ['signed with another key', { key: 'other' }],
  ])('does not believe a token %s', async (_, forged) => {
    const ana = aReader();
    await fetch(`${slack.url}/sandbox/id-token`, {
      method: 'POST',
      body: JSON.stringify(forged),
      headers: { 'content-type': 'application/json' },
    });
    expect((await ana.signsIn('ana')).text).toMatch(refused);
    expect(ana.cookies.has('tocsin-session')).toBe(false);
  });

  it('goes on to no other site', async () => {
    for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)'])
      expect((await aReader().signsIn('ana', to)).url).toBe(`${bot.url()}/incidents`);
  });

  it('keeps strangers and guests out', async () => {
    expect((await aReader().signsIn('sam')).text).toMatch(refused);
    expect(await aReader().signsIn('gus')).toMatchObject({ status: 403 });
  });

  it('ends after twelve hours without a page, and a week with them', async () => {
    const ana = aReader();
    await ana.signsIn('ana');
    for (let hour = 0; hour < 170; hour += 11) {
      expect((await ana.goes('/incidents')).url).toBe(`${bot.url()}/incidents`);
      await clock.forward({ hours: 11 });
    }
    expect((await ana.goes('/incidents')).url).toContain('/sign-in');
    await ana.signsIn('ana');
    await clock.forward({ hours: 13 });
    expect((await ana.goes('/incidents')).url).toContain('/sign-in');
  });

  it('ends everywhere for who was deactivated in Slack', async () => {
    const [here, there] = [aReader(), aReader()];
    await here.signsIn('ben');
    await there.signsIn('ben');
    await slack.setPerson('ben', { role: 'deactivated' });
    await clock.forward({ minutes: 6 });
    expect((await here.goes('/incidents')).status).toBe(403);
    expect((await there.goes('/incidents')).url).toContain('/sign-in');
  });

  it('ends everywhere at once when somebody says so', async () => {
    const [here, there] = [aReader(), aReader()];
    await here.signsIn('ana');
    await there.signsIn('ana');
    await here.sends('/sign-out', { token: await here.token(), everywhere: 'yes' });
    expect((await there.goes('/incidents')).url).toContain('/sign-in');
  });
});

describe('a code', () => {
  it('lets somebody in once while Slack is down', async () => {
    await faults.outage(true);
    const ana = aReader();
    const page = await ana.goes('/sign-in?to=/incidents?status=all');
    const typed = (await aCode(ana.id('ana'))).toLowerCase().replaceAll('-', ' ');
    const fields = { token: tokenIn(page.text), code: typed, to: '/incidents?status=all' };
    expect(await ana.sends('/sign-in/code', fields)).toMatchObject({ status: 303, location: '/incidents?status=all' });
    expect(await ana.goes('/incidents?status=all')).toMatchObject({ status: 200 });
    expect(bot.log()).toMatch(/signed in with a code/);
    expect(bot.log()).not.toContain(typed);

    const other = aReader();
    const token = tokenIn((await other.goes('/sign-in')).text);
    expect(await other.sends('/sign-in/code', { ...fields, token })).toMatchObject({
      location: expect.stringContaining('problem=code'),
    });
    await faults.outage(false);
  });

  it('is good for fifteen minutes, from the page it belongs to, and is not to be guessed', async () => {
    const ana = aReader();
    const token = tokenIn((await ana.goes('/sign-in')).text);
    const typed = await aCode(ana.id('ana'));
    expect(await ana.sends('/sign-in/code', { token: 'another', code: typed })).toMatchObject({
      location: expect.stringContaining('problem=refused'),
    });
    expect((await ana.sends('/sign-in/code', { token, code: typed }, { origin: 'https://evil.example' })).status).toBe(
      403,
    );
    await clock.forward({ minutes: 16 });
    expect(await ana.sends('/sign-in/code', { token, code: typed })).toMatchObject({
      location: expect.stringContaining('problem=code'),
    });
    for (let tries = 0; tries < 10; tries++) await ana.sends('/sign-in/code', { token, code: 'GUESS' });
    expect(await ana.sends('/sign-in/code', { token, code: await aCode(ana.id('ana')) })).toMatchObject({
      location: expect.stringContaining('problem=often'),
    });
  });
});
