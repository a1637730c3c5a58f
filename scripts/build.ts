import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/** Programs that are bundled: the bot, the sandbox, and the commands of `src/cli`. */
const entries = {
  bot: 'src/main.ts',
  sandbox: 'sandbox/main.ts',
};

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
await build({
  entryPoints: entries,
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  sourcemap: true,
  minifySyntax: true,
  keepNames: true,
  // Native code stays in node_modules; pg-native is an option of pg that nobody here takes.
  external: ['better-sqlite3', 'pg-native'],
  // Packages that still call `require` find it here.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
cpSync('db/migrations', 'dist/migrations', { recursive: true });
