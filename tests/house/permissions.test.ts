import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { permissionsFile, permissionsPage } from '../../scripts/permissions.ts';
import { actions } from '../../src/may.ts';

it('the table of permissions says what the code does', () => {
  const committed = readFileSync(permissionsFile, 'utf8');
  if (committed !== permissionsPage())
    throw new Error('docs/permissions.md is older than src/may.ts: run `npm run docs:permissions` and commit it.');
  for (const action of Object.keys(actions)) expect(committed).toContain(`\`${action}\``);
});
