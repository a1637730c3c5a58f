import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type BuildOptions, build, stop } from 'esbuild';
import { apart, apartEntries } from './apart.ts';
import { buildPage } from './build-page.ts';
import { onlyAscii } from './only-ascii.ts';
import { warmUp } from './warm-up.ts';

/** Programs that are bundled, each into one file that needs nothing but `node_modules/better-sqlite3`. */
const entries = {
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
/** Once, though one package imports it and another requires it: twice it would be 100 kB more to read at each start. */
const luxon = { luxon: './node_modules/luxon/build/es6/luxon.mjs' };

/** Built aside and moved into place, so that a program that starts meanwhile finds the old one or the new one. */
mkdirSync('dist', { recursive: true });
const aside = mkdtempSync('dist/.next-');
// However it ends: what is in place by then is not aside any more.
process.on('exit', () => rmSync(aside, { recursive: true, force: true }));

const common: BuildOptions = {
  outdir: aside,
  bundle: true,
  platform: 'node',
  target: 'node24',
  sourcemap: true,
  // For `node --enable-source-maps`, which takes 15 MB; with the text of the files it would be 30.
  sourcesContent: false,
  minifySyntax: true,
  minifyWhitespace: true,
  // Native code stays in node_modules; pg-native is an option of pg that nobody here takes.
  external: ['better-sqlite3', 'pg-native'],
  alias: { ...Object.fromEntries(unused.map((name) => [name, './scripts/unused.cjs'])), ...luxon },
  logLevel: 'warning',
};

/** The bot, as `boot.ts` runs it: see there. */
async function buildBot(): Promise<string> {
  const { metafile } = await build({
    ...common,
    entryPoints: { main: 'src/main.ts' },
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.cjs' },
    format: 'iife',
    define: { 'import.meta.url': 'bundleUrl' },
    plugins: [apart, onlyAscii],
    metafile: true,
  });
  const [main] = Object.keys(metafile?.outputs ?? {}).filter((file) => file.endsWith('.cjs'));
  if (!main || /[^\0-\x7f]/.test(readFileSync(main, 'utf8'))) throw new Error(`${main} has more in it than ASCII.`);
  await build({
    ...common,
    entryPoints: apartEntries,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
  });
  await build({
    ...common,
    entryPoints: { bot: 'src/boot.ts' },
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    define: { MAIN: JSON.stringify(basename(main)) },
  });
  return basename(main);
}

const main = await buildBot();
await build({
  ...common,
  entryPoints: entries,
  outExtension: { '.js': '.mjs' },
  format: 'esm',
  // pdfmake still asks where it is by the old name.
  define: { __dirname: 'import.meta.dirname' },
  // Packages that still call `require` find it here.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
await buildPage(join(aside, 'page'));
// Its helper process would stay for as long as whoever asked for the build.
await stop();
// The bundle looks for migrations beside itself; the commands of `cli` are one folder deeper.
for (const folder of ['dist', 'dist/cli']) {
  cpSync('db/migrations', join(folder, 'migrations'), { recursive: true });
  cpSync('node_modules/pdfmake/fonts/Roboto', join(folder, 'fonts'), { recursive: true });
}
// What starts the bot comes after what it starts.
const built = globSync(`${aside}/**/*.{cjs,mjs,map}`).sort(
  (a, b) => Number(a.endsWith('bot.mjs')) - Number(b.endsWith('bot.mjs')),
);
for (const file of built) {
  const to = join('dist', file.slice(aside.length));
  mkdirSync(dirname(to), { recursive: true });
  renameSync(file, to);
}
// The page as a whole: its files name one another.
rmSync('dist/page', { recursive: true, force: true });
renameSync(join(aside, 'page'), 'dist/page');
for (const file of globSync('dist/main*')) if (!basename(file).startsWith(main)) rmSync(file);
await warmUp();
