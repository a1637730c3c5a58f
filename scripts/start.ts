import { spawn } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { botFlags } from './bot-flags.ts';

/** `npm start`: builds where something is newer than the bundle, then starts the bot, or without Slack tokens the sandbox with it. */

if (stale()) await import('./build.ts');

// Any of the three: whoever gave one means Slack, and the bot says which is missing.
const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: signing } = process.env;
const withSlack = Boolean(bot || app || signing);
const startsBot = [...botFlags, 'dist/bot.mjs'];
// Whoever names a program to start in the place of the bot means that one.
const sandbox = ['dist/sandbox.mjs', ...(process.env.SANDBOX_BOT ? [] : [process.execPath, ...startsBot])];
const child = spawn(process.execPath, withSlack ? startsBot : sandbox, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
// npm may be gone without a word to us: a signal to it ends only itself and its shell.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1_000).unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

function changed(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function stale(): boolean {
  const built = Math.min(...['dist/bot.mjs', 'dist/page/index.html'].map(changed));
  const sources = globSync(['src/**/*.ts', 'sandbox/**/*', 'db/**/*', 'package-lock.json', 'scripts/build*.ts']);
  return sources.some((file) => changed(file) > built);
}
