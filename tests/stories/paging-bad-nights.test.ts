import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routingKeys } from '../../sandbox/pagerduty/wire.ts';
import { story } from '../support/story.ts';

/** Where the last way leads to. */
const received: string[] = [];
const hook = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += String(chunk);
  });
  request.on('end', () => {
    received.push(body);
    response.writeHead(204).end();
  });
});
const paging: Record<string, string> = { PAGERDUTY_SECOND_ROUTING_KEY: routingKeys.checkoutAgain };

beforeAll(async () => {
  await new Promise<void>((listening) => hook.listen(0, '127.0.0.1', listening));
  paging.PAGING_WEBHOOK_URL = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/page`;
});
afterAll(() => {
  hook.close();
  hook.closeAllConnections();
});

const { ana, bot, clock, faults, incidents, pagerduty, slack } = story({ paging });

const declare = (more: object = {}) =>
  ana.declares('Checkout is failing', { severity: 'sev1', services: ['checkout'], ...more });
const triggers = async () =>
  (await slack.ledger()).filter((entry) => entry.kind === 'call' && entry.method === 'pagerduty.events.trigger');

describe('PagerDuty does not accept', () => {
  it('and after a minute the next way is taken; once it is back the page is there, once', async () => {
    received.length = 0;
    await faults.outage(true, 'pagerduty.events');
    await declare();
    const room = await ana.isInvitedTo(/^inc-1/);
    await room.headline(/Paged\W+Checkout on-call: :hourglass_flowing_sand: not accepted yet/);
    expect(received).toEqual([]);
    await clock.forward({ seconds: 61 });
    await room.shows(/Not yet by PagerDuty: not accepted within 60 s; it is still being tried/);
    // The second key leads to PagerDuty as well; a minute later the way after it is taken.
    await clock.forward({ seconds: 61 });
    await room.shows(/Accepted by the webhook/);
    expect(received).toHaveLength(1);
    expect(JSON.parse(received[0] ?? '')).toMatchObject({ subject: 'SEV1 #1 Checkout is failing', incident: 1 });
    await faults.outage(false, 'pagerduty.events');
    await clock.forward({ minutes: 1 });
    await room.shows(/Accepted by PagerDuty/);
    await bot.settled();
    expect(
      (await pagerduty.incidents()).flatMap(({ alerts }) => alerts.map(({ triggers: times }) => times)),
    ).not.toContain(2);
    expect(received).toHaveLength(1);
  });

  it('and rings nobody any more who has taken it meanwhile', async () => {
    await faults.outage(true, 'pagerduty.events');
    await declare();
    const room = await ana.isInvitedTo(/^inc-1/);
    await room.shows(/I take it/);
    await ana.presses('I take it', room);
    await room.headline(new RegExp(`<@${ana.id}> has it`));
    await faults.outage(false, 'pagerduty.events');
    await clock.forward({ minutes: 2 });
    await bot.settled();
    expect(await pagerduty.incidents()).toEqual([]);
  });

  it('because it is too many at once: it waits as long as it is told, and it is one page', async () => {
    await faults.add({ kind: 'ratelimit', method: 'pagerduty.events.*', retryAfter: 20, times: 1 });
    await declare();
    const room = await ana.isInvitedTo(/^inc-1/);
    await room.headline(/not accepted yet/);
    await clock.forward({ seconds: 21 });
    await room.shows(/Accepted by PagerDuty/);
    await bot.settled();
    expect(await pagerduty.incidents()).toHaveLength(1);
  });

  it('or its answer is lost: it is asked again, and nobody is woken twice', async () => {
    await faults.add({ kind: 'lost-reply', method: 'pagerduty.events.*', times: 1 });
    await declare();
    const room = await ana.isInvitedTo(/^inc-1/);
    await room.shows(/Accepted by PagerDuty/);
    await bot.settled();
    expect(await triggers()).toHaveLength(2);
    expect(await pagerduty.incidents()).toHaveLength(1);
  });
});

describe('Slack is down', () => {
  it('and the page goes all the same; the channel comes later', async () => {
    await ana.types('/incident');
    await ana.form('Declare an incident');
    const down = await faults.add({ kind: 'error-before', status: 503 });
    const fields = { title: 'Checkout is failing', severity: 'sev1', services: ['checkout'] };
    await ana.submits(fields, 'Declare an incident');
    await pagerduty.waitForIncident(/Checkout is failing/);
    const [incident] = await incidents();
    expect(incident?.channel).toBeUndefined();
    await faults.remove(down);
    await clock.forward({ minutes: 1 });
    const room = await ana.isInvitedTo(/^inc-1/);
    await room.shows(/Page to Checkout on-call[\s\S]*Accepted by PagerDuty/);
    await bot.settled();
    expect(await pagerduty.incidents()).toHaveLength(1);
  });
});
