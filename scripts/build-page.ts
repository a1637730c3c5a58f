import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { compactTable } from '../sandbox/ui/blocks/text/emoji.ts';

/** Old browsers' woff doubles what the page ships, and nobody asks for it. */
const woff2Only: Plugin = {
  name: 'woff2 only',
  setup({ onLoad }) {
    onLoad({ filter: /@fontsource.*\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, ''),
      loader: 'css',
    }));
  },
};

/** The sandbox's page: one entry, the heavy parts in chunks of their own, every name with a hash. */
export async function buildPage(folder: string): Promise<void> {
  const { metafile } = await build({
    entryPoints: { main: 'sandbox/ui/main.tsx', theme: 'sandbox/ui/theme.ts' },
    outdir: folder,
    entryNames: 'assets/[name]-[hash]',
    chunkNames: 'assets/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome117', 'firefox128', 'safari17.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.woff2': 'file' },
    publicPath: '/',
    minify: true,
    sourcemap: true,
    metafile: true,
    plugins: [woff2Only],
    logLevel: 'warning',
  });
  writeFileSync(join(folder, 'index.html'), indexWith(metafile, folder));
  writeEmoji(folder);
  cpSync('sandbox/ui/icon.svg', join(folder, 'icon.svg'));
}

/** Fills the names with hashes into sandbox/ui/index.html, and asks early for what the first paint needs. */
function indexWith({ outputs }: Metafile, folder: string): string {
  const named = (path: string) => path.slice(folder.length);
  const files = Object.keys(outputs);
  const entry = (source: string) => files.find((file) => outputs[file]?.entryPoint === source) ?? '';
  const main = entry('sandbox/ui/main.tsx');
  const chunks = (outputs[main]?.imports ?? []).filter(({ kind }) => kind === 'import-statement');
  const fonts = files.filter((file) => /lato-latin-(400|700|900)-normal-.*\.woff2$/.test(file));
  const heads = [
    `<script src="${named(entry('sandbox/ui/theme.ts'))}"></script>`,
    ...fonts.map((file) => `<link rel="preload" href="${named(file)}" as="font" type="font/woff2" crossorigin>`),
    ...chunks.map(({ path }) => `<link rel="modulepreload" href="${named(path)}">`),
    `<link rel="stylesheet" href="${named(outputs[main]?.cssBundle ?? '')}">`,
    `<script type="module" src="${named(main)}"></script>`,
  ];
  return readFileSync('sandbox/ui/index.html', 'utf8').replace('<!-- built -->', heads.join('\n    '));
}

type Emoji = {
  unified: string;
  short_name: string;
  short_names: string[];
  sort_order: number;
  category: string;
  skin_variations?: unknown;
};

/** Names for drawing, groups for picking: https://github.com/iamcal/emoji-data has Slack's own names. */
function writeEmoji(folder: string): void {
  const all = (JSON.parse(readFileSync('node_modules/emoji-datasource/emoji.json', 'utf8')) as Emoji[])
    .filter(({ category }) => category !== 'Component')
    .sort((a, b) => a.sort_order - b.sort_order);
  const groups = Map.groupBy(all, ({ category }) => category);
  const order = ['People & Body', 'Smileys & Emotion'];
  const sorted = [...groups].sort(([a], [b]) => order.indexOf(b) - order.indexOf(a) || 0);
  const picked = sorted.map(([name, emoji]) => [name, emoji.map(({ short_name }) => short_name)]);
  writeFileSync(join(folder, 'emoji.json'), JSON.stringify(compactTable(all)));
  writeFileSync(join(folder, 'emoji-groups.json'), JSON.stringify(picked));
}
