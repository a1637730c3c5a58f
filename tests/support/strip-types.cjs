// Jest runs TypeScript through Node's own type stripping: no source maps needed, lines and columns stay as written.
const { stripTypeScriptTypes } = require('node:module');
const { createHash } = require('node:crypto');

module.exports = {
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
  getCacheKey: (source, path) =>
    createHash('sha1')
      .update(process.version + path + source)
      .digest('hex'),
};
