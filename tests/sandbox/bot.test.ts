import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { superviseBot } from '../../sandbox/bot.ts';
import { open } from './open.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A bot that lives, and leaves a file behind as a database would be. */
function living() {
  const folder = mkdtempSync(join(tmpdir(), 'bot-'));
  const database = join(folder, 'bot.db');
  const code = `require('node:fs').appendFileSync(${JSON.stringify(database)}, 'x'); setInterval(() => {}, 1000)`;
  return { database, bot: superviseBot({ command: [process.execPath, '-e', code], env: {}, files: [database] }) };
}

describe('the bot as a child', () => {
  it('is started again when it dies, and stays down when told to', async () => {
    const { bot } = living();
    await bot.do('start');
    const { pid } = bot.status();
    process.kill(pid ?? 0, 'SIGKILL');
    for (let turn = 0; turn < 100 && bot.status().restarts === 0; turn += 1) await pause(20);
    await pause(700);
    expect(bot.status()).toMatchObject({ state: 'running', restarts: 1 });
    expect(bot.status().pid).not.toBe(pid);
    expect(await bot.do('kill')).toMatchObject({ state: 'stopped' });
    await pause(700);
    expect(bot.status().state).toBe('stopped');
  });

  it('starts over together with the workspace', async () => {
    await using opened = await open();
    const { client, sandbox } = opened;
    const { bot, database } = living();
    sandbox.supervise(bot);
    await client.bot.do('start');
    await pause(300);
    writeFileSync(`${database}-wal`, 'x');
    await client.as('ana').createChannel('inc-old');
    await client.startOver();
    expect(await client.channel('inc-old')).toBeUndefined();
    expect(await client.bot.status()).toMatchObject({ state: 'running' });
    await bot.stop();
  });
});
