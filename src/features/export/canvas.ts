import * as z from 'zod';
import type { Incident } from '../../incident/incident.ts';
import { type Done, defineEffect, type Effect } from '../../outbox/effect.ts';
import { Impossible } from '../../outbox/failures.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { inChannel } from '../channel/gone.ts';
import { noteIn } from '../channel/note.ts';
import { canvasMarkdown } from './canvas-markdown.ts';
import { documentFor } from './files.ts';
import { sourceOf } from './source.ts';
import { failedNote } from './views.ts';

const Payload = z.object({ incident: z.string() });

const Info = z.object({
  channel: z.object({
    properties: z.object({ canvas: z.object({ file_id: z.string() }).partial().optional() }).optional(),
  }),
});

const gone = new Set(['is_archived', 'not_in_channel', 'channel_not_found']);

/** The channel's one canvas says how the postmortem reads now, over what it said before: doing it twice changes nothing. */
export const showInCanvas = inChannel(
  defineEffect('export.canvas', Payload, {
    whenUnknown: 'overwrite',
    async run({ incident: id }, outside: Outside): Promise<Done> {
      const incident = await incidentOf(outside, id);
      if (!incident.channel) return {};
      const markdown = canvasMarkdown(await documentFor(incident, sourceOf(outside, false)));
      try {
        await write(incident.channel.id, markdown, outside);
        return {};
      } catch (error) {
        // A workspace without canvases, or an app without the scope: there are files then.
        if (!(error instanceof Impossible) || gone.has(error.code)) throw error;
        return { next: [noteIn(incident, 'export-canvas', failedNote('canvas', error.message))] };
      }
    },
  }),
);

async function write(channel: string, markdown: string, { slack }: Outside): Promise<void> {
  const content = { type: 'markdown', markdown };
  try {
    await slack.call('conversations.canvases.create', { channel_id: channel, document_content: content });
  } catch (error) {
    if (!(error instanceof Impossible) || !/_already_exists$/.test(error.code)) throw error;
    const { properties } = (await slack.call('conversations.info', { channel }, Info)).channel;
    const canvas = properties?.canvas?.file_id;
    if (!canvas) throw error;
    await slack.call('canvases.edit', {
      canvas_id: canvas,
      changes: [{ operation: 'replace', document_content: content }],
    });
  }
}

export const canvasOf = (incident: Incident): Effect => ({
  kind: showInCanvas.kind,
  key: `export-canvas:${incident.id}`,
  incident: incident.id,
  payload: { incident: incident.id },
  lane: 'cosmetic',
  gate: 'conversations.canvases.create',
  orderKey: `export:${incident.id}`,
});
