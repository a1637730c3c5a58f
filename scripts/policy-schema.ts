import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { PolicyFile } from '../src/policy.ts';

export const schemaFile = new URL('../config/tocsin.schema.json', import.meta.url);

/** What an editor needs to complete and check `config/tocsin.yml` while somebody types. */
export function policySchema(): string {
  const title = 'Tocsin: the incident process as code';
  return `${JSON.stringify({ title, ...z.toJSONSchema(PolicyFile, { io: 'input' }) }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(schemaFile, policySchema());
