import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, stop } from 'esbuild';
import { botFlags } from './bot-flags.ts';
import { buildPage } from './build-page.ts';

/** Programs that are bundled, each into one file that needs nothing but `node_modules/better-sqlite3`. */
const entries = {
  bot: 'src/boot.ts',
  main: 'src/main.ts',
  sandbox: 'sandbox/main.ts',
  // A process of its own, beside whoever starts it.
  'draw-pdf': 'src/features/export/draw-pdf.ts',
  'cli/draw-pdf': 'src/features/export/draw-pdf.ts',
  ...Object.fromEntries(
    ['doctor', 'backup', 'restore', 'code', 'export', 'import'].map((command) => [
      `cli/${command}`,
      `src/cli/${command}.ts`,
    ]),
  ),
};

/** Bolt loads all of its receivers with what they need: 0.2 s of every start and 15 MB for as long as the bot runs. */
const unusedOfBolt = ['@slack/socket-mode', '@slack/oauth', 'express', 'raw-body'];
/** A URL for where Node has none, below PagerDuty's client: 290 kB, most of it a table of letters. */
const unused = [...unusedOfBolt, 'whatwg-url'];

/** Built aside and moved into place, so that a program that starts meanwhile finds the old one or the new one. */
mkdirSync('dist', { recursive: true });
const aside = mkdtempSync('dist/.next-');
// However it ends: what is in place by then is not aside any more.
process.on('exit', () => rmSync(aside, { recursive: true, force: true }));
await build({
  entryPoints: entries,
  outdir: aside,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  sourcemap: true,
  // For `node --enable-source-maps`, which takes 15 MB; with the text of the files it would be 30.
  sourcesContent: false,
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  // Native code stays in node_modules; pg-native is an option of pg that nobody here takes.
  external: ['better-sqlite3', 'pg-native'],
  alias: Object.fromEntries(unused.map((name) => [name, './scripts/unused.cjs'])),
  // pdfmake still asks where it is by the old name.
  define: { __dirname: 'import.meta.dirname' },
  // Packages that still call `require` find it here.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
await buildPage(join(aside, 'page'));
// Its helper process would stay for as long as whoever asked for the build.
await stop();
for (const file of globSync(`${aside}/**/*.{mjs,mjs.map}`)) {
  const to = join('dist', file.slice(aside.length));
  mkdirSync(dirname(to), { recursive: true });
  renameSync(file, to);
}
// The page as a whole: its files name one another.
rmSync('dist/page', { recursive: true, force: true });
renameSync(join(aside, 'page'), 'dist/page');
// The bundle looks for migrations beside itself; the commands of `cli` are one folder deeper.
for (const folder of ['dist', 'dist/cli']) {
  cpSync('db/migrations', join(folder, 'migrations'), { recursive: true });
  cpSync('node_modules/pdfmake/fonts/Roboto', join(folder, 'fonts'), { recursive: true });
}
// Without an environment it only says what is missing; what V8 has compiled by then is kept for the next start with the same flags.
spawnSync(process.execPath, [...botFlags, 'dist/bot.mjs'], { env: {}, stdio: 'ignore', timeout: 30_000 });
