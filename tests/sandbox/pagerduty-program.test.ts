import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { sandboxAt } from '../../sandbox/client.ts';
import { eventually } from '../support/eventually.ts';
import { takenPort } from './page/program.ts';

/** A bot of a few lines: it pages by its key, and writes a note once a signed webhook has told it so. */
const bot = `
  const { createHmac } = require('node:crypto');
  const env = process.env;
  const headers = {
    'content-type': 'application/json',
    accept: 'application/vnd.pagerduty+json;version=2',
    authorization: 'Token token=' + env.PAGERDUTY_TOKEN,
    from: env.PAGERDUTY_FROM,
  };
  const post = (url, body) => fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  require('node:http').createServer((request, response) => {
    let text = '';
    request.on('data', (data) => { text += data; });
    request.on('end', () => {
      response.end();
      const digest = createHmac('sha256', env.PAGERDUTY_WEBHOOK_SECRET).update(text).digest('hex');
      const { event } = JSON.parse(text);
      if (request.url !== '/webhooks/pagerduty' || request.headers['x-pagerduty-signature'] !== 'v1=' + digest) return;
      if (event.event_type !== 'incident.triggered') return;
      post(env.PAGERDUTY_API_URL + '/incidents/' + event.data.id + '/notes', { note: { content: 'heard' } });
    });
  }).listen(Number(env.PORT), '127.0.0.1', () => post(env.PAGERDUTY_EVENTS_URL + '/v2/enqueue', {
    routing_key: env.PAGERDUTY_ROUTING_KEY,
    event_action: 'trigger',
    dedup_key: 'inc_1',
    payload: { summary: 'Checkout is failing', source: 'tocsin', severity: 'critical' },
  }));
`;

async function addressIn(child: ChildProcess): Promise<string> {
  let said = '';
  child.stdout?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  return eventually('the sandbox to say where it is', async () => /workspace is at (http:\S+)/.exec(said)?.[1]);
}

it('gives the bot beside it all it needs to page, to be told, and to answer', async () => {
  await using taken = await takenPort();
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-program-'));
  const child = spawn(process.execPath, ['sandbox/main.ts', process.execPath, '-e', bot], {
    env: {
      PATH: process.env.PATH,
      SANDBOX_PORT: String(taken.port),
      PORT: String(taken.port + 1),
      SANDBOX_DATA: folder,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const { pagerduty, violations } = sandboxAt(await addressIn(child));
    const isHeard = (one: { notes: { content: string }[] }) => one.notes.some(({ content }) => content === 'heard');
    expect(await pagerduty.waitForIncident(isHeard)).toMatchObject({
      incidentKey: 'inc_1',
      notes: [{ user: 'PUSRANA' }],
    });
    expect(await violations()).toEqual([]);
  } finally {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true });
  }
});
