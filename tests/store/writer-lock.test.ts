import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from '@jest/globals';
import { onSqlite } from '../support/databases.ts';

const holder = new URL('../support/hold-database.ts', import.meta.url).pathname;

/** Another process that opens the database; `says` is its first line. */
async function anotherBot(url: string): Promise<{ says: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [holder, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [says] = await once(createInterface(child.stdout), 'line');
  return { says, process: child };
}

async function kill(child: ChildProcess) {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

onSqlite('the writer lock', (fresh) => {
  it('refuses a second bot on the same file', async () => {
    const url = await fresh.url();
    await fresh.database(url);
    const { says } = await anotherBot(url);
    expect(says).toMatch(
      /^Another Tocsin is using .*tocsin\.db\. Stop it first, or point DATABASE_URL at another file\.$/,
    );
  });

  it('is free at once when the bot that held it is killed', async () => {
    const url = await fresh.url();
    const other = await anotherBot(url);
    expect(other.says).toBe('open');
    await expect(fresh.database(url)).rejects.toThrow('Another Tocsin');
    await kill(other.process);
    await fresh.database(url);
  });

  it('is free when the bot that held it has closed', async () => {
    const url = await fresh.url();
    await (await fresh.database(url)).close();
    await fresh.database(url);
  });

  it('does not stand in the way of reading', async () => {
    const url = await fresh.url();
    await fresh.database(url);
    await fresh.database(url, { readOnly: true });
  });
});
