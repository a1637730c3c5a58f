import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { botFlags } from '../../scripts/bot-flags.ts';

it.each(['deploy/Containerfile', 'deploy/tocsin.service', 'docs/operations.md', 'CHANGELOG.md'])(
  '%s starts the bot as npm start does',
  (file) => {
    const [start = ''] = readFileSync(file, 'utf8').match(/^.*dist\/bot\.mjs.*$/m) ?? [];
    for (const flag of botFlags) expect(start).toContain(flag);
  },
);
