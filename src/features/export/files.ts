import type { Browser } from '../../exporting.ts';
import type { Incident, Place } from '../../incident/incident.ts';
import type { Policy } from '../../policy.ts';
import type { Store } from '../../store/store.ts';
import type { Document } from '../postmortem/document.ts';
import { peopleOf } from '../postmortem/people.ts';
import { readDocument } from '../postmortem/read.ts';
import { baseName, imageName } from './file-names.ts';
import type { Image, Images } from './html.ts';
import { toHtml } from './html.ts';
import { toIncidentFile } from './incident-file.ts';
import { type ImagePlace, imagesIn, toMarkdown } from './markdown.ts';
import { toPdf } from './pdf.ts';

export const formats = ['md', 'html', 'pdf', 'json'] as const;
export type Format = (typeof formats)[number];

export const formatNames: Record<Format, string> = { md: 'Markdown', html: 'HTML', pdf: 'PDF', json: 'JSON' };

export interface ExportFile {
  /** Below the folder it is written to: `incident-12-checkout.md`, `incident-12-checkout-images/F1.png`. */
  name: string;
  bytes: Buffer;
  /** What whoever asked for it should know. */
  note?: string;
}

export interface Source {
  store: Store;
  policy: Policy;
  now: Date;
  /** Asked for the names of people by their ids. */
  names: (ids: string[]) => Promise<ReadonlyMap<string, string>>;
  link: (place: Place) => string;
  browser: Browser | undefined;
  /** Images as files beside the Markdown; else it links to where they are in Slack. */
  imagesBeside: boolean;
}

interface Material {
  document: Document;
  places: Map<string, Omit<Image, 'bytes'> & Place>;
}

/** One incident in one format. Markdown with its images may be several files. */
export async function filesOf(id: string, format: Format, source: Source): Promise<ExportFile[]> {
  const incident = await source.store.read((tx) => tx.incidents.load(id));
  if (!incident) throw new Error(`no incident ${id}`);
  const name = baseName(incident);
  if (format === 'json') return [{ name: `${name}.json`, bytes: Buffer.from(await jsonOf(id, source)) }];
  const material = await materialOf(incident, source);
  if (format === 'md') return markdownFiles(name, incident.id, material, source);
  const { document } = material;
  const images = imagesOf(incident.id, material, source);
  if (format === 'html') return [{ name: `${name}.html`, bytes: Buffer.from(toHtml(document, await allOf(images))) }];
  const { bytes, instead } = await toPdf(document, images, source.browser);
  const note = instead && `Chromium could not print it (${instead.message.split('\n')[0]}), so it was drawn without.`;
  return [{ name: `${name}.pdf`, bytes, ...(note && { note }) }];
}

async function jsonOf(id: string, { store, now }: Source): Promise<string> {
  return store.read(async (tx) => {
    const incident = await tx.incidents.load(id);
    if (!incident) throw new Error(`no incident ${id}`);
    return toIncidentFile(await tx.whole.of(incident), { team: await tx.whole.team(), exportedAt: now });
  });
}

/** The document as it reads now, with the names of people. */
export const documentFor = async (incident: Incident, source: Source): Promise<Document> =>
  (await materialOf(incident, source)).document;

async function materialOf(incident: Incident, source: Source): Promise<Material> {
  const { store, policy, now, link } = source;
  // Names are asked of Slack, and nothing is asked inside a transaction.
  const names = await source.names(await store.read((tx) => peopleOf(tx, incident)));
  return store.read(async (tx) => {
    const current = (await tx.incidents.load(incident.id)) ?? incident;
    const document = await readDocument(tx, current, { names, policy, now, link });
    const places = await tx.whole.images(incident.id, imagesIn(document));
    return { document, places: new Map(places.map((image) => [image.id, image])) };
  });
}

/** One after the other, so that whoever has no need of all of them does not hold them. One that was erased meanwhile is left out. */
async function* imagesOf(incident: string, { places }: Material, { store }: Source): AsyncGenerator<Image> {
  for (const { id, name, type } of places.values()) {
    const bytes = await store.read((tx) => tx.whole.imageBytes(incident, id));
    if (bytes) yield { id, name, type, bytes };
  }
}

async function allOf(images: AsyncIterable<Image>): Promise<Images> {
  const all = new Map<string, Image>();
  for await (const image of images) all.set(image.id, image);
  return all;
}

async function markdownFiles(
  name: string,
  incident: string,
  material: Material,
  source: Source,
): Promise<ExportFile[]> {
  const { document, places } = material;
  const folder = `${name}-images`;
  const place: ImagePlace = (id) => {
    const image = places.get(id);
    if (!image) return undefined;
    return source.imagesBeside ? { file: `${folder}/${imageName(image)}` } : { link: source.link(image) };
  };
  const files = [{ name: `${name}.md`, bytes: Buffer.from(toMarkdown(document, place)) }];
  if (!source.imagesBeside) return files;
  for await (const image of imagesOf(incident, material, source))
    files.push({ name: `${folder}/${imageName(image)}`, bytes: Buffer.from(image.bytes) });
  return files;
}
