import { expect, it } from '@jest/globals';
import { story } from '../support/story.ts';

const { ana, slack, faults, tolerate } = story();

it('a connection that died without a word is noticed within a minute, and replaced', async () => {
  tolerate('missing-ack');
  await faults.halfOpenSockets();
  expect(await ana.self().command('/incident list', { channel: 'general' })).toMatchObject({ ok: false });
  const answered = async () => (await ana.self().command('/incident list', { channel: 'general' })).ok;
  const end = Date.now() + 60_000;
  while (!(await answered()) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 1_000));
  await slack.waitForApp();
  expect(await ana.types('/incident list', 'general')).toMatch(/No incidents are open/);
}, 90_000);
