import * as z from 'zod';
import { statuses } from '../../incident/lifecycle.ts';
import { severities } from '../../incident/severity.ts';
import { type Whole, wholeFrom, wholeText } from '../../store/whole.ts';

/** Raised when an older Tocsin could misread what a newer one wrote. What is only added does not raise it. */
export const fileVersion = 1;

const Moment = z
  .object({ $date: z.iso.datetime().describe('UTC, with milliseconds') })
  .describe('A time; JSON has none of its own');
const Person = z
  .string()
  .describe('The Slack id of a person, or `tocsin`, `slack`, `pagerduty`, `retention` where nobody did it');
const slackTs = z.string().regex(/^\d{1,16}\.\d{1,6}$/);
const slackId = z.string().regex(/^[A-Z0-9]{1,32}$/);

const IncidentBody = z
  .looseObject({
    id: z.string().regex(/^inc_[a-z0-9]{1,40}$/),
    number: z.number().int().positive().max(2_000_000_000),
    version: z.number().int().positive().describe('How many events the record has'),
    policyVersion: z.string(),
    title: z.string(),
    summary: z.string(),
    severity: z.enum(severities),
    highestSeverity: z.enum(severities),
    status: z.enum(statuses),
    services: z.array(z.string()),
    isPrivate: z.boolean(),
    isPractice: z.boolean(),
    declaredBy: Person,
    declaredAt: Moment,
    channel: z.looseObject({ id: slackId, name: z.string() }).optional(),
    members: z.array(z.string()),
  })
  .describe('The incident as it stands: src/incident/incident.ts names every field');

const Recorded = z.object({
  seq: z.number().int().positive().describe('From 1 on, without a gap'),
  by: Person,
  at: Moment,
  event: z.looseObject({ type: z.string().max(60) }).describe('What happened: src/incident/events.ts names every type'),
});

const Message = z.object({
  incident: z.string(),
  channel: slackId,
  ts: slackTs.describe('Slack’s own time and name of the message'),
  thread: slackTs.optional().describe('Of the message whose thread it is in'),
  author: Person,
  kind: z.enum(['said', 'joined', 'left', 'other']),
  text: z.string().describe('As Slack has it (mrkdwn); empty where it was erased'),
  files: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), link: z.string() })),
  earlier: z.array(z.object({ text: z.string(), until: Moment })).describe('What it said before edits, oldest first'),
  editedAt: Moment.optional(),
  erasedAt: Moment.optional(),
  erasedBy: Person.optional(),
});

const Mark = z.object({
  channel: slackId,
  ts: slackTs,
  name: z.string().describe('The name of a reaction, or `*pin`'),
  person: Person,
  at: Moment,
  removedAt: Moment.nullable(),
});

const Image = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  channel: slackId,
  ts: slackTs,
  name: z.string(),
  type: z.string(),
  bytes: z.base64(),
});

const PostmortemText = z.object({
  section: z.string(),
  revision: z.number().int().positive(),
  text: z.string(),
  by: Person,
  at: Moment,
  aside: z.boolean().describe('Written over a text that its writer had not seen, and not what counts'),
});

/** One incident as a file, complete: what is in it can be put into an empty database, and taken out the same. */
export const IncidentFile = z.object({
  format: z.literal('tocsin-incident'),
  version: z.literal(fileVersion),
  exportedAt: Moment,
  team: z
    .string()
    .nullable()
    .describe('The id of the Slack workspace it is from, which its people and channels belong to'),
  incident: IncidentBody,
  policy: z.unknown().describe('The process it began under: config/tocsin.schema.json'),
  record: z.array(Recorded),
  messages: z.array(Message),
  marks: z.array(Mark),
  images: z.array(Image),
  postmortemTexts: z.array(PostmortemText),
});

export interface IncidentFileGiven {
  team: string | undefined;
  exportedAt: Date;
}

export function toIncidentFile(whole: Whole, { team, exportedAt }: IncidentFileGiven): string {
  return wholeText({ format: 'tocsin-incident', version: fileVersion, exportedAt, team: team ?? null, ...whole });
}

/** The file cannot be used; the message is for whoever wants to import it. */
export class FileError extends Error {
  override name = 'FileError';
}

const Kind = z.object({ format: z.literal('tocsin-incident'), version: z.number() });

/** Reads and checks a file. Throws `FileError`. */
export function fromIncidentFile(text: string): { whole: Whole; team: string | undefined } {
  const raw = parsed(text);
  const kind = Kind.safeParse(raw);
  if (!kind.success) throw new FileError('This is no incident that Tocsin exported as JSON.');
  if (kind.data.version !== fileVersion)
    throw new FileError(`This file is of version ${kind.data.version}, and this Tocsin knows ${fileVersion} only.`);
  const checked = IncidentFile.safeParse(raw);
  if (!checked.success) throw new FileError(`The file is damaged.\n${z.prettifyError(checked.error)}`);
  const {
    team,
    format: _,
    version: __,
    exportedAt: ___,
    ...whole
  } = wholeFrom(text) as Whole & z.infer<typeof IncidentFile>;
  const { incident, record, messages } = whole as Whole;
  if (record.length !== incident.version || record.some(({ seq }, index) => seq !== index + 1))
    throw new FileError(`The file is damaged: its record should have events 1 to ${incident.version}.`);
  if (messages.some((message) => message.incident !== incident.id))
    throw new FileError('The file is damaged: it has messages of another incident.');
  return { whole: whole as Whole, team: team ?? undefined };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FileError('This is no JSON, or it is cut off.');
  }
}
