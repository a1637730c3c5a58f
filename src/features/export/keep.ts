import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { NotApplied } from '../../outbox/failures.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { type ExportFile, filesOf, formats } from './files.ts';
import { writeInto } from './folder.ts';
import { sourceOf } from './source.ts';

/** Every format into the operator's folder. A private incident stays in its own channel; writing the same file again changes nothing. */
export const keepExport = defineEffect('export.keep', z.object({ incident: z.string() }), {
  purpose: 'keep the export in EXPORT_DIR',
  async run({ incident: id }, outside: Outside): Promise<Done> {
    const folder = outside.exports?.folder;
    if (!folder) return {};
    for (const format of formats) {
      if ((await incidentOf(outside, id)).isPrivate) return {};
      const files = await filesOf(id, format, sourceOf(outside, true));
      // Making them took a while.
      if ((await incidentOf(outside, id)).isPrivate) return {};
      await keepIn(folder, files);
    }
    return {};
  },
});

/** A folder that is missing, full or somebody else's is put right by the operator, who reads of it in the log. */
async function keepIn(folder: string, files: ExportFile[]): Promise<void> {
  try {
    await writeInto(folder, files);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NotApplied(`the folder of exports cannot be written to (${why})`, { cause });
  }
}

export const keepingOf = (incident: Incident): Effect => ({
  kind: keepExport.kind,
  key: `export-keep:${incident.id}`,
  incident: incident.id,
  payload: { incident: incident.id },
  lane: 'cosmetic',
  gate: 'export.keep',
  orderKey: `export:${incident.id}`,
});
