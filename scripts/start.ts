import { spawn } from 'node:child_process';
import { globSync, statSync } from 'node:fs';

/** `npm start`: builds where something is newer than the bundle, then starts the bot, or without Slack tokens the sandbox with it. */

if (stale()) await import('./build.ts');

// Any of the three: whoever gave one means Slack, and the bot says which is missing.
const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: signing } = process.env;
const withSlack = Boolean(bot || app || signing);
const child = spawn(process.execPath, ['--enable-source-maps', withSlack ? 'dist/bot.mjs' : 'dist/sandbox.mjs'], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
// npm may be gone without a word to us: a signal to it ends only itself and its shell.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1_000).unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

function stale(): boolean {
  const built = statSync('dist/bot.mjs', { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(['src/**/*.ts', 'sandbox/**/*', 'db/**/*', 'package-lock.json', 'scripts/build.ts']);
  return sources.some((file) => statSync(file).mtimeMs > built);
}
