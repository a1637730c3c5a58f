import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { botFlags } from '../../scripts/bot-flags.ts';

it.each(['deploy/Containerfile', 'deploy/tocsin.service'])('%s starts the bot as npm start does', (file) => {
  const [start = ''] = readFileSync(file, 'utf8').match(/^(CMD|ExecStart).*bot\.mjs.*$/m) ?? [];
  for (const flag of botFlags) expect(start).toContain(flag);
});
