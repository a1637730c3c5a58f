import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { open } from './open.ts';

describe('the clock', () => {
  it('is wound forward, set, held and let go', async () => {
    await using opened = await open({ clock: { start: new Date('2026-03-01T08:00:00Z'), running: false } });
    const { clock } = opened.client;
    expect(await clock.now()).toEqual(new Date('2026-03-01T08:00:00Z'));
    expect(await clock.forward({ minutes: 31 })).toEqual(new Date('2026-03-01T08:31:00Z'));
    const { ts } = await opened.slack.chat.postMessage({ channel: await opened.id('incidents'), text: 'x' });
    expect(ts).toBe(`${Date.parse('2026-03-01T08:31:00Z') / 1000}.000000`);
    await clock.setTo(new Date('2026-03-02T00:00:00Z'));
    await clock.run();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await clock.now()).getTime()).toBeGreaterThan(Date.parse('2026-03-02T00:00:00Z'));
  });

  it('tells the bot of every turn, and hears from it what is due', async () => {
    await using opened = await open({ clock: { start: new Date('2026-03-01T08:00:00Z'), running: false } });
    const { client, sandbox } = opened;
    const stream = await fetch(`${sandbox.clockUrl}/stream`);
    const lines: unknown[] = [];
    const reading = (async () => {
      for await (const chunk of stream.body ?? [])
        for (const line of Buffer.from(chunk).toString().trim().split('\n')) {
          lines.push(JSON.parse(line));
          if (lines.length === 3) return;
        }
    })();
    await client.clock.forward({ hours: 1 });
    await client.clock.run();
    await reading;
    const eight = Date.parse('2026-03-01T08:00:00Z');
    expect(lines).toEqual([
      { now: eight, running: false },
      { now: eight + 3_600_000, running: false },
      { now: expect.any(Number), running: true },
    ]);
    const runAt = Date.parse('2026-03-01T09:30:00Z');
    await fetch(`${sandbox.clockUrl}/due`, { method: 'POST', body: JSON.stringify({ runAt }) });
    expect(await client.clock.due()).toEqual(new Date(runAt));
  });
});

describe('the workspace on disk', () => {
  it('is the same after a restart, and new after starting over', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    {
      await using opened = await open({ dataDir });
      const { slack, client } = opened;
      const { channel } = await slack.conversations.create({ name: 'inc-kept' });
      await slack.chat.postMessage({ channel: channel?.id ?? '', text: 'kept' });
      await client.addPerson({ name: 'ola', timeZone: 'Africa/Lagos' });
      await client.clock.forward({ days: 1 });
    }
    await using opened = await open({ dataDir });
    const { client, slack } = opened;
    expect((await client.messages('inc-kept')).at(-1)).toMatchObject({ text: 'kept' });
    expect((await client.people()).map(({ name }) => name)).toContain('ola');
    expect((await client.clock.now()).getTime()).toBeGreaterThan(Date.now() + 86_000_000);
    const again = await slack.conversations.create({ name: 'inc-next' });
    expect(again.channel?.id).not.toBe((await client.channel('inc-kept'))?.id);
    await client.startOver();
    expect((await client.channels()).map(({ name }) => name)).toEqual(['general', 'incidents']);
    expect(Math.abs((await client.clock.now()).getTime() - Date.now())).toBeLessThan(5000);
  });
});

describe('people', () => {
  it('see only where they are, and write what Slack would send', async () => {
    await using opened = await open();
    const { client } = opened;
    const [ana, ben] = [client.as('ana'), client.as('ben')];
    await ana.createChannel('inc-secret', { private: true });
    await expect(ben.sees('inc-secret')).rejects.toThrow('ben is not in inc-secret');
    await expect(client.as('kai').say('x', { channel: 'general' })).rejects.toThrow('deactivated');
    const said = await ana.say('see #incidents @ben <b> & https://a.example/x.', { channel: 'general' });
    const incidents = (await client.channel('incidents'))?.id;
    expect(said.text).toBe(`see <#${incidents}> <@${ben.id}> &lt;b&gt; &amp; <https://a.example/x>.`);
    const [rich] = said.blocks ?? [];
    expect(rich?.type).toBe('rich_text');
    await client.as('gus').channels();
    expect((await client.as('gus').channels()).map(({ name }) => name)).toEqual(['incidents']);
  });
});
