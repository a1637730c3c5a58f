import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { exportSchema, schemaFile } from '../../scripts/export-schema.ts';

it('what is documented of an exported incident is what an import takes', () => {
  const committed = readFileSync(schemaFile, 'utf8');
  if (committed !== exportSchema()) {
    throw new Error(
      'config/incident-export.schema.json is older than src/features/export/incident-file.ts: run `npm run export:schema` and commit it.',
    );
  }
  expect(JSON.parse(committed)).toMatchObject({ properties: { record: {}, messages: {}, images: {} } });
});
