import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { story } from '../support/story.ts';

/** While one secret takes the place of another, both are named; afterwards the new one alone. */
const paging: Record<string, string> = { PAGERDUTY_WEBHOOK_SECRET: 'the new secret,the old secret' };
const { ana, bot, clock, incidents, pagerduty } = story({ paging });

async function declared() {
  await ana.declares('Checkout is failing', { severity: 'sev3', services: ['checkout'] });
  const room = await ana.isInvitedTo(/^inc-1/);
  const { id } = await pagerduty.waitForIncident(/Checkout is failing/);
  await room.headline(/ringing at/);
  await bot.settled();
  return { room, id };
}

const send = async (body: string, secret: string) => {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-pagerduty-signature': `v1=${signature}` };
  const url = `${bot.url()}/webhooks/pagerduty`;
  return (await fetch(url, { method: 'POST', headers, body })).status;
};
const event = (id: string, incident: string, at: Date, more: object = {}) =>
  JSON.stringify({
    event: {
      id,
      event_type: 'incident.annotated',
      resource_type: 'incident',
      occurred_at: at.toISOString(),
      agent: { id: 'PUSRBEN', type: 'user_reference', summary: 'Ben Okafor' },
      data: { content: `Note ${id}`, incident: { id: incident, type: 'incident_reference' } },
      ...more,
    },
  });
const notes = async () => (await incidents())[0]?.pages[0]?.notes.map(({ text }) => text) ?? [];
const noted = (text: string) =>
  eventually(`the note ${text}`, async () => ((await notes()).includes(text) ? true : undefined));

describe('the secret of the webhooks', () => {
  it('may be replaced: both are taken meanwhile, and then the old one is refused', async () => {
    const { id } = await declared();
    const now = await clock.now();
    expect(await send(event('01OLD', id, now), 'the old secret')).toBe(202);
    expect(await send(event('02NEW', id, now), 'the new secret')).toBe(202);
    await noted('Note 01OLD');
    await noted('Note 02NEW');
    await bot.stop();
    paging.PAGERDUTY_WEBHOOK_SECRET = 'the new secret';
    await bot.start();
    paging.PAGERDUTY_WEBHOOK_SECRET = 'the new secret,the old secret';
    expect(await send(event('03OLD', id, now), 'the old secret')).toBe(401);
    expect(await send(event('04NEW', id, now), 'the new secret')).toBe(202);
    await noted('Note 04NEW');
    expect(await notes()).toEqual(['Note 01OLD', 'Note 02NEW', 'Note 04NEW']);
  });
});

describe('a webhook with a right signature', () => {
  it('that was taken before is the same: what it says is written down once', async () => {
    const { id } = await declared();
    const body = event('01NOTE', id, await clock.now());
    for (const _ of [1, 2, 3]) expect(await send(body, 'the new secret')).toBe(202);
    await noted('Note 01NOTE');
    await bot.settled();
    expect(await notes()).toEqual(['Note 01NOTE']);
  });

  it('that is played again a day later changes nothing', async () => {
    const { id } = await declared();
    const body = event('01OVER', id, await clock.now(), {
      event_type: 'incident.resolved',
      data: { id, type: 'incident', status: 'resolved' },
    });
    await clock.forward({ hours: 24, seconds: 1 });
    expect(await send(body, 'the new secret')).toBe(202);
    await bot.settled();
    expect((await incidents())[0]?.pages[0]?.state).not.toBe('resolved');
    expect(bot.log()).toMatch(/PagerDuty sent something older than a day/);
  });

  it('that is no JSON is welcome, so that PagerDuty goes on sending; what is too large is refused', async () => {
    const { id } = await declared();
    for (const body of ['{"event":', '[]', 'null', '']) expect(await send(body, 'the new secret')).toBe(202);
    expect(await send('x'.repeat(512 * 1024), 'the new secret')).toBe(202);
    expect(await send('x'.repeat(512 * 1024 + 1), 'the new secret')).toBe(413);
    expect(await send(event('01NOTE', id, await clock.now()), 'the new secret')).toBe(202);
    await noted('Note 01NOTE');
  });
});
