import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { type Attempt, type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { Held, Impossible, NotApplied, Unclear } from '../../outbox/failures.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { isUploaded, uploadFile } from '../../slack/upload.ts';
import { inChannel } from '../channel/gone.ts';
import { noteIn } from '../channel/note.ts';
import { stampOf } from './file-names.ts';
import { type ExportFile, type Format, filesOf, formatNames, formats } from './files.ts';
import { sourceOf } from './source.ts';
import { exportedText, failedNote } from './views.ts';

const Payload = z.object({
  incident: z.string(),
  format: z.enum(formats),
  /** Who asked for it; left out: it is resolved. */
  by: z.string().optional(),
  /** When that was: part of the file's name, by which an upload is known again after a lost reply. */
  at: z.date(),
});
type Payload = z.infer<typeof Payload>;

/** Slack's words for a channel that is gone: that is told once, by `inChannel`. */
const gone = new Set(['is_archived', 'not_in_channel', 'channel_not_found']);

/** One file into the incident's own channel. Each format is a piece of work of its own, so that one that fails takes none with it. */
export const postExport = inChannel(
  defineEffect('export.post', Payload, {
    async run(given, outside: Outside): Promise<Done> {
      const incident = await incidentOf(outside, given.incident);
      if (!given.by && !outside.policy.postmortem.exportAtResolution) return {};
      if (!incident.channel) throw new Impossible('no_channel', 'the incident has no channel');
      try {
        const [file] = await filesOf(incident.id, given.format, sourceOf(outside, false));
        if (file) await upload(incident, file, given, outside);
        return {};
      } catch (error) {
        if (mayPass(error)) throw error;
        const why = error instanceof Error ? error.message : String(error);
        return { next: [noteIn(incident, `export-${given.format}`, failedNote(given.format, why))] };
      }
    },

    async find(given, outside, { firstSentAt }: Attempt) {
      const { channel, ...incident } = await incidentOf(outside, given.incident);
      if (!channel) return undefined;
      const place = { channel: channel.id, ...threadOf(incident, given), name: nameOf(incident, given) };
      return (await isUploaded(outside.slack, outside.identity(), place, firstSentAt ?? given.at)) ? {} : undefined;
    },
  }),
);

/** What another attempt may put right; the rest is said in the channel. */
const mayPass = (error: unknown): boolean =>
  error instanceof Held ||
  error instanceof NotApplied ||
  error instanceof Unclear ||
  (error instanceof Impossible && gone.has(error.code));

type Shown = Pick<Incident, 'number' | 'headline'>;

/** What comes by itself takes no room in the channel. */
const threadOf = ({ headline }: Shown, { by }: Payload) => (headline && !by ? { thread: headline.ts } : {});

/** Says nothing of what a private incident is about to whoever only sees a list of files. */
const nameOf = ({ number }: Shown, { format, at }: Payload) => `incident-${number}-${stampOf(at)}.${format}`;

async function upload(
  incident: Incident,
  { bytes, note }: ExportFile,
  given: Payload,
  outside: Outside,
): Promise<void> {
  if (!incident.channel) return;
  await uploadFile(outside.slack, {
    channel: incident.channel.id,
    ...threadOf(incident, given),
    name: nameOf(incident, given),
    title: `Incident #${incident.number} (${formatNames[given.format]})`,
    comment: exportedText(incident, given.format, given.by, note),
    bytes,
  });
}

/** `asked`: by which command; left out: at resolution, of which there is one at a time. */
export function exportOf(
  incident: Incident,
  format: Format,
  at: Date,
  asked?: { by: string; delivery: string },
): Effect {
  return {
    kind: postExport.kind,
    key: `export:${incident.id}:${format}:${asked?.delivery ?? 'resolved'}`,
    incident: incident.id,
    payload: { incident: incident.id, format, at, ...(asked && { by: asked.by }) },
    lane: 'cosmetic',
    gate: 'files.completeUploadExternal',
    orderKey: `export:${incident.id}`,
  };
}
