// Jest runs TypeScript through Node's own type stripping: no source maps needed, lines and columns stay as written.
const { stripTypeScriptTypes } = require('node:module');
const { createHash } = require('node:crypto');
const { transformSync } = require('esbuild');

/** Node strips no JSX. */
const page = (source) =>
  transformSync(source, { loader: 'tsx', jsx: 'automatic', jsxImportSource: 'preact', sourcemap: 'inline' });

module.exports = {
  process: (source, path) =>
    path.endsWith('.tsx') ? page(source) : { code: stripTypeScriptTypes(source, { mode: 'strip' }) },
  getCacheKey: (source, path) =>
    createHash('sha1')
      .update(process.version + path + source)
      .digest('hex'),
};
