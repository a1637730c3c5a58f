import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { IncidentFile } from '../src/features/export/incident-file.ts';

export const schemaFile = new URL('../config/incident-export.schema.json', import.meta.url);

/** What reads an exported incident can check it by. */
export function exportSchema(): string {
  const title = 'Tocsin: one incident, exported';
  return `${JSON.stringify({ title, ...z.toJSONSchema(IncidentFile, { io: 'input' }) }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(schemaFile, exportSchema());
