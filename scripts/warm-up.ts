import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { botFlags } from './bot-flags.ts';

/** Starts the bot once, without a Slack that answers, so that what V8 compiles for a start is kept (`src/boot.ts`). */
export async function warmUp(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-warm-up-'));
  try {
    const bot = spawn(process.execPath, [...botFlags, 'dist/bot.mjs', '--keep-compiled'], {
      env: {
        SLACK_BOT_TOKEN: 'xoxb-0',
        SLACK_APP_TOKEN: 'xapp-0',
        // Nothing listens there, and `fetch` asks nobody at that port.
        SLACK_API_URL: 'http://127.0.0.1:9/api/',
        DATABASE_URL: `file:${folder}/tocsin.db`,
        PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 30_000,
    });
    let said = '';
    bot.stdout.on('data', (more: Buffer) => {
      said += more;
      // Everything that a start does before Slack has said something.
      if (said.includes('"listening"') && said.includes('Slack does not say who we are')) bot.kill('SIGTERM');
    });
    const [code] = (await once(bot, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`The bot that was just built ended with ${code}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
