import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { policySchema, schemaFile } from '../../scripts/policy-schema.ts';

it('editors check a policy by the same rules as the bot', () => {
  const committed = readFileSync(schemaFile, 'utf8');
  if (committed !== policySchema()) {
    throw new Error(
      'config/tocsin.schema.json is older than src/policy.ts: run `npm run policy:schema` and commit it.',
    );
  }
  expect(JSON.parse(committed)).toMatchObject({ properties: { severities: {}, services: {} } });
});
