import { cpSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, stop } from 'esbuild';

/** Programs that are bundled, each into one file that needs nothing but `node_modules/better-sqlite3`. */
const entries = {
  bot: 'src/main.ts',
  sandbox: 'sandbox/main.ts',
  ...Object.fromEntries(['doctor', 'backup', 'restore'].map((command) => [`cli/${command}`, `src/cli/${command}.ts`])),
};

/** Bolt loads all of its receivers with what they need: 0.2 s of every start and 15 MB for as long as the bot runs. */
const unused = ['@slack/socket-mode', '@slack/oauth', 'express', 'raw-body'];

/** Built aside and moved into place, so that a program that starts meanwhile finds the old one or the new one. */
mkdirSync('dist', { recursive: true });
const aside = mkdtempSync('dist/.next-');
await build({
  entryPoints: entries,
  outdir: aside,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  sourcemap: true,
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  // Native code stays in node_modules; pg-native is an option of pg that nobody here takes.
  external: ['better-sqlite3', 'pg-native'],
  alias: Object.fromEntries(unused.map((name) => [name, './scripts/unused.cjs'])),
  // Packages that still call `require` find it here.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
// Its helper process would stay for as long as whoever asked for the build.
await stop();
for (const file of globSync(`${aside}/**/*.{mjs,map}`)) {
  const to = join('dist', file.slice(aside.length));
  mkdirSync(dirname(to), { recursive: true });
  renameSync(file, to);
}
rmSync(aside, { recursive: true });
// The bundle looks for migrations beside itself; the commands of `cli` are one folder deeper.
for (const folder of ['dist', 'dist/cli']) cpSync('db/migrations', join(folder, 'migrations'), { recursive: true });
