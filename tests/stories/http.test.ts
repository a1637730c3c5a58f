import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { story } from '../support/story.ts';

const { ana, ben, slack, channel, incidents } = story({ intake: 'http' });

async function bot() {
  const about = z.object({ requestUrl: z.string(), signingSecret: z.string() });
  return about.parse(await (await fetch(`${slack.url}/sandbox/app`)).json());
}

describe('over HTTP', () => {
  it('an incident goes from the first word to the last', async () => {
    await ana.declares('Checkout is failing', { in: 'general' });
    const room = await ana.isInvitedTo(/^inc-1-checkout-is-failing$/);
    await room.headline();
    await (await channel('incidents')).shows('Checkout is failing');
    await ben.presses('Join', 'incidents');
    await ben.isInvitedTo(/checkout/);
    await ben.types('/incident update half of it is back', room);
    await room.shows(/:mega:[\s\S]*half of it is back/);
    await ana.presses('Resolve', room);
    expect(await ana.submits({ felt: 'yes', ended: new Date(Date.now() + 7_200_000) }, 'Resolve')).toMatchObject({
      outcome: 'errors',
    });
    await ana.submits({ felt: 'no' });
    await room.headline(/Resolved by/);
    expect(await incidents()).toMatchObject([{ status: 'resolved', members: [ana.id, ben.id] }]);
  });

  it('what Slack did not sign is refused, and does nothing', async () => {
    const { requestUrl, signingSecret } = await bot();
    const body = new URLSearchParams({ command: '/incident', text: 'list', trigger_id: '1.2.abc', user_id: ana.id });
    const post = (secret: string, at: number) => {
      const timestamp = String(Math.floor(at / 1000));
      const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
      return fetch(requestUrl, {
        method: 'POST',
        body,
        headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp },
      });
    };
    expect((await post('wrong', Date.now())).status).toBe(401);
    expect((await post(signingSecret, Date.now() - 6 * 60_000)).status).toBe(401);
    expect((await post(signingSecret, Date.now() + 6 * 60_000)).status).toBe(401);
    expect((await fetch(requestUrl, { method: 'POST', body: 'x'.repeat(2 * 1024 * 1024) })).status).toBe(413);
    expect((await post(signingSecret, Date.now())).status).toBe(200);
  });
});
