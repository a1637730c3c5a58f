import { spawn } from 'node:child_process';
import { globSync, statSync } from 'node:fs';

/** `npm start`: builds where something is newer than the bundle, then starts the bot, or without Slack tokens the sandbox with it. */

if (stale()) await import('./build.ts');

const withSlack = Boolean(process.env.SLACK_BOT_TOKEN);
const child = spawn(process.execPath, ['--enable-source-maps', withSlack ? 'dist/bot.mjs' : 'dist/sandbox.mjs'], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

function stale(): boolean {
  const built = statSync('dist/bot.mjs', { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(['src/**/*.ts', 'sandbox/**/*', 'db/**/*', 'package-lock.json', 'scripts/build.ts']);
  return sources.some((file) => statSync(file).mtimeMs > built);
}
