import { asc, eq, sql } from 'drizzle-orm';
import type { Ctx } from '../../db/database.ts';
import { fromJson, toJson } from '../../db/json.ts';
import type { Incident } from '../incident/incident.ts';
import { batchesOf } from './batches.ts';
import { columnsOf, incidentReads } from './incidents.ts';
import { type Message, messageReads, messageWrites } from './messages.ts';
import { metaReads } from './meta.ts';
import { policyReads, policyWrites } from './policies.ts';
import { postmortemTextReads, type Revision } from './postmortem-texts.ts';
import { type Recorded, recordReads } from './record.ts';
import { indexWords } from './search.ts';
import { retag } from './tags.ts';

export interface Mark {
  channel: string;
  ts: string;
  name: string;
  person: string;
  at: Date;
  removedAt: Date | null;
}

export interface KeptImage {
  id: string;
  channel: string;
  ts: string;
  name: string;
  type: string;
  /** Base64. */
  bytes: string;
}

/** Everything that is kept of one incident, and the policy it began under. What the bot still has to do for it is not in it. */
export interface Whole {
  incident: Incident;
  policy: unknown;
  record: Recorded[];
  messages: Message[];
  marks: Mark[];
  images: KeptImage[];
  postmortemTexts: Revision[];
}

/** More than a channel can hold: a file is made of all of them at once. */
const mostMessages = 2 ** 31 - 1;

export function wholeReads(ctx: Ctx) {
  const { db, t } = ctx;
  return {
    /** The Slack workspace that this database belongs to; undefined before a bot has been there. */
    async team(): Promise<string | undefined> {
      const text = await metaReads(ctx).get('slack');
      return text ? (JSON.parse(text) as { team?: string }).team : undefined;
    },

    async of(incident: Incident): Promise<Whole> {
      const { id } = incident;
      const marks = await db
        .select()
        .from(t.marks)
        .where(eq(t.marks.incident, id))
        .orderBy(asc(t.marks.channel), asc(t.marks.ts), asc(t.marks.name), asc(t.marks.person));
      const images = await db.select().from(t.images).where(eq(t.images.incident, id)).orderBy(asc(t.images.id));
      return {
        incident,
        policy: await policyReads(ctx).load(incident.policyVersion),
        record: await recordReads(ctx).of(id),
        messages: await messageReads(ctx).of(id, { limit: mostMessages }),
        marks: marks.map(({ incident: _, ...mark }) => mark),
        images: images.map(({ incident: _, bytes, ...image }) => ({
          ...image,
          bytes: Buffer.from(bytes).toString('base64'),
        })),
        postmortemTexts: await postmortemTextReads(ctx).revisions(id),
      };
    },

    /** Those of the images that are asked for. */
    async images(incident: string, ids: readonly string[]): Promise<Omit<KeptImage, 'bytes'>[]> {
      const { id, channel, ts, name, type } = t.images;
      const rows = await db
        .select({ id, channel, ts, name, type })
        .from(t.images)
        .where(eq(t.images.incident, incident));
      return rows.filter((row) => ids.includes(row.id));
    },

    async imageBytes(incident: string, image: string): Promise<Buffer | undefined> {
      const [row] = await db
        .select({ bytes: t.images.bytes })
        .from(t.images)
        .where(sql`${t.images.id} = ${image} and ${t.images.incident} = ${incident}`);
      return row && Buffer.from(row.bytes);
    },
  };
}

export type Taken = 'incident' | 'number' | 'channel';

export function wholeWrites(ctx: Ctx) {
  const { db, t } = ctx;
  return {
    /** Which of what must be the incident's alone is another's here, or its own already. */
    async taken({ id, number, channel }: Incident): Promise<Taken | undefined> {
      const reads = incidentReads(ctx);
      if (await reads.load(id)) return 'incident';
      if (await reads.byNumber(number)) return 'number';
      return channel && (await reads.byChannel(channel.id)) ? 'channel' : undefined;
    },

    /** Keeps it all as it was, and has it found. `services`: how people name those of the incident. */
    async put({ incident, record, ...whole }: Whole, at: Date, services: string[] = []): Promise<void> {
      const { id, number } = incident;
      if (whole.policy) await policyWrites(ctx).keep(incident.policyVersion, whole.policy, at);
      await db
        .insert(t.counters)
        .values({ name: 'incident', value: number })
        .onConflictDoUpdate({
          target: t.counters.name,
          set: { value: sql`case when ${t.counters.value} < ${number} then ${number} else ${t.counters.value} end` },
        });
      await db.insert(t.incidents).values({ id, number, ...columnsOf(incident) });
      const rows = record.map(({ event, ...rest }) => ({ incident: id, type: event.type, body: event, ...rest }));
      for (const batch of batchesOf(rows)) await db.insert(t.record).values(batch);
      await messageWrites(ctx).keep(whole.messages);
      for (const batch of batchesOf(whole.marks.map((mark) => ({ ...mark, incident: id }))))
        await db.insert(t.marks).values(batch);
      for (const { bytes, ...image } of whole.images)
        await db.insert(t.images).values({ ...image, incident: id, bytes: Buffer.from(bytes, 'base64') });
      for (const batch of batchesOf(whole.postmortemTexts.map((text) => ({ ...text, incident: id }))))
        await db.insert(t.postmortemTexts).values(batch);
      await retag(ctx, incident, undefined);
      await indexWords(
        ctx,
        incident,
        record.map(({ event }) => event),
        services,
      );
    },
  };
}

/** JSON has no times: each is `{ "$date": "2026-03-02T09:00:00.000Z" }`, as in the database. */
export const wholeText = (value: unknown): string => toJson(value);
export const wholeFrom = (text: string): unknown => fromJson(text);
