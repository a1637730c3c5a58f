import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/** What few bots need, or need only later, and every start would have to read: loaded where it is needed, by an `import()` above it. */
const packages = ['@pagerduty/pdjs', 'nodemailer', 'pg'];

const fileOf = (name: string) => `apart/${basename(name)}`;

/** The files they are bundled into, beside the bot's. */
export const apartEntries = Object.fromEntries(packages.map((name) => [fileOf(name), name]));

/** In the bot's own file stands only where they are. */
export const apart: Plugin = {
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(${packages.join('|')})$`) }, ({ path }) => ({ path, namespace: 'apart' }));
    build.onLoad({ filter: /.*/, namespace: 'apart' }, ({ path }) => ({
      contents: `module.exports = require('./${fileOf(path)}.cjs');`,
    }));
    build.onResolve({ filter: /^\.\/apart\//, namespace: 'apart' }, ({ path }) => ({ path, external: true }));
  },
};
