import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml';
import * as z from 'zod';
import { CannotStart } from './cannot-start.ts';
import { severities } from './incident/severity.ts';
import { PagingPolicy, unmapped } from './policy-paging.ts';
import { questions } from './policy-questions.ts';

const minutes = z.number().int().positive().describe('Minutes');
const days = z.number().int().positive().max(36_500).describe('Days');
const person = z.string().regex(/^[UW][A-Z0-9]+$/, 'a Slack user id such as U012AB3CD');

const SeverityPolicy = z.strictObject({
  name: z.string().min(1).max(20).describe('How people say it: SEV1'),
  /** Slack shows at most 75 characters under an option of a select. */
  meaning: z.string().min(1).max(75).describe('Shown under the name when somebody chooses'),
});

const CadencePolicy = z
  .strictObject({
    triage: minutes.optional(),
    investigating: minutes.optional(),
    identified: minutes.optional(),
    monitoring: minutes.optional(),
  })
  .describe('Minutes between stakeholder updates by status; left out: on change');

const firstThings = 3;

const RolePolicy = z.strictObject({
  name: z.string().min(1).max(75),
  aliases: z.array(z.string().min(1).max(40)).optional().describe('Other words for it in `/incident role <role>`'),
  duty: z.string().min(1).max(300).describe('The duty in one line'),
  first: z
    .array(z.string().min(1).max(300))
    .max(firstThings, `at most ${firstThings}, or nobody reads them`)
    .default([])
    .describe('The first things to do, sent to whoever takes the role'),
  key: z.boolean().default(false).describe('A role that is missed: when nobody has it, people are asked once'),
  qualified: z.array(person).default([]).describe('Who is trained for it; empty: anybody'),
});

const address = z
  .string()
  .regex(/^https:\/\/[^\s<>|]+$/, 'an https address, with {number} where the number of the incident belongs');

const ServicePolicy = z.strictObject({
  name: z.string().min(1).max(75),
  bridge: address.optional().describe('The conference bridge of this service, instead of the common one'),
  paging: z.string().optional().describe('Which of paging.targets is woken when this service is affected'),
});

const JourneyPolicy = z.strictObject({ name: z.string().min(1).max(75) });

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:00');
const zone = z.string().refine(isZone, 'a time zone such as Europe/Berlin');
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const WorkingHoursPolicy = z
  .strictObject({
    zone: zone.default('UTC'),
    days: z.array(z.enum(weekdays)).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']),
    from: time.default('09:00'),
    to: time.default('17:00'),
    holidays: z.array(z.iso.date()).default([]),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be later than from, on the same day' });

/** What everybody may do unless the policy leaves it to those who are in the incident. */
const restrictable = ['lowerSeverity', 'resolve', 'reopen', 'cancel'] as const;

/** By the list of them first: whatever formats a time in one loads 8 MB of calendars, and only other names of a zone are not in the list. */
function isZone(name: string): boolean {
  if (name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const perSeverity = <T extends z.ZodType>(value: T) =>
  z.strictObject(
    Object.fromEntries(severities.map((severity) => [severity, value])) as Record<(typeof severities)[number], T>,
  );

const QuestionPolicy = z.strictObject({
  question: z.string().min(1).max(150),
  answers: z
    .array(
      z.strictObject({
        answer: z.string().min(1).max(75),
        severity: z.enum(severities).optional().describe('How severe it is at least; left out: no reason to declare'),
        felt: z.enum(['yes', 'no', 'unknown']).optional().describe('What it says of customers, for the form'),
      }),
    )
    .min(2)
    .max(10, 'at most 10, as a form shows no more'),
});

/** A key that travels in button values and URLs. */
const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes, at most 40');

/** Slack's limit for the options of a select: what comes after could not be chosen. */
const mostServices = 100;

/** One field each in the form; Slack takes 100 blocks in one. */
const mostRoles = 40;

/** `config/tocsin.yml`: the process as code. */
export const PolicyFile = z
  .strictObject({
    updatesChannel: z
      .string()
      .regex(/^(#[a-z0-9_-]{1,80}|C[A-Z0-9]+)$/, 'a channel name such as #incidents, or its id')
      .default('#incidents')
      .describe('Where every incident that is not private is announced'),
    channelName: z
      .string()
      .regex(/^([a-z0-9_-]|\{number\}|\{title\})+$/, 'lower-case letters, digits, - and _, with {number} and {title}')
      .max(60, 'at most 60 characters; Slack takes 80, and the number and some of the title belong in there too')
      .refine(
        (template) => template.includes('{number}'),
        'must contain {number}, or two incidents would ask for one channel',
      )
      .default('inc-{number}-{title}')
      .describe('The name of an incident channel'),
    incidentAdmins: z
      .array(person)
      .default([])
      .describe('Slack user ids of those who may see private incidents and change the policy'),
    guestsMayDeclare: z.boolean().default(false),
    respondersOnly: z
      .array(z.enum(restrictable))
      .default([])
      .describe('What only people in the incident may do; left out: every member'),
    severities: perSeverity(SeverityPolicy),
    cadence: perSeverity(CadencePolicy),
    firstUpdate: z
      .partialRecord(z.enum(severities), minutes)
      .default({})
      .describe('Minutes until the first update, where it is owed sooner than the cadence says'),
    reminders: z
      .strictObject({
        before: minutes.default(5).describe('Minutes before an update is due'),
        escalateAfter: minutes.default(5).describe('Minutes after it was due'),
        snooze: minutes.default(15).describe('Minutes that Snooze gives'),
        unfilledRoles: minutes
          .default(5)
          .describe('Minutes after declaring until people are asked who takes a key role'),
        longDuty: minutes.default(180).describe('Minutes as commander until a handover is suggested'),
      })
      .prefault({}),
    workingHours: WorkingHoursPolicy.prefault({}).describe('For what can wait: working days, quiet reminders'),
    quietSeverities: z
      .array(z.enum(severities))
      .default(['sev4'])
      .describe('Of these, reminders come in working hours only'),
    decide: z
      .array(QuestionPolicy)
      .min(1)
      .max(5, 'at most 5, or nobody answers them while something burns')
      .default(questions)
      .describe('What /incident decide asks; the worst answer decides'),
    updateTemplate: z.string().max(1000).default('').describe('What the form for an update begins with'),
    bridge: address.optional().describe('The conference bridge, such as https://meet.example.com/incident-{number}'),
    closeAfterDays: z.number().int().min(0).optional().describe('Days after resolving until an incident is closed'),
    archiveOnClose: z.boolean().default(false).describe('Whether the channel is archived when the incident is closed'),
    postmortemRequired: z.array(z.enum(severities)).default(['sev1', 'sev2']),
    postmortem: z
      .strictObject({
        reviewDays: days.default(2).describe('Working days after resolving until the draft is owed in review'),
        publishDays: days.default(5).describe('Working days after resolving until it is owed published'),
        template: z
          .string()
          .min(1)
          .default('postmortem.md')
          .describe('Beside this file; without one of this name, the one that ships'),
        exportAtResolution: z
          .boolean()
          .default(true)
          .describe('Whether the Markdown is put into the thread of the headline when an incident is resolved'),
      })
      .prefault({}),
    followUps: z
      .strictObject({
        dueDays: perSeverity(days)
          .default({ sev1: 7, sev2: 30, sev3: 60, sev4: 90 })
          .describe('Days after resolving, by the highest severity reached'),
        remindDaysBefore: days.default(2).describe('Days before it is due: its owner is reminded'),
        remindDaysAfter: days.default(3).describe('Days between reminders when it is overdue'),
      })
      .prefault({}),
    retention: z
      .strictObject({
        messageDays: days
          .default(400)
          .describe('Days after the end of an incident until what was said in its channel is erased; decisions stay'),
        images: z.boolean().default(true).describe('Whether images are kept, so that the postmortem can show them'),
      })
      .prefault({}),
    roles: z
      .record(key, RolePolicy)
      .refine((roles) => Object.keys(roles).length <= mostRoles, `at most ${mostRoles}, as nobody reads a longer form`),
    journeys: z
      .record(key, JourneyPolicy)
      .refine((journeys) => Object.keys(journeys).length <= mostServices, `at most ${mostServices}`)
      .default({})
      .describe('What customers come to do, as people would name it'),
    services: z
      .record(key, ServicePolicy)
      .refine(
        (services) => Object.keys(services).length <= mostServices,
        `at most ${mostServices}, as a form shows no more`,
      )
      .default({}),
    paging: PagingPolicy.prefault({}).describe('Who is woken, when and how (docs/paging.md)'),
  })
  .superRefine((policy, context) =>
    unmapped(policy, (path, message) => context.addIssue({ code: 'custom', path, message })),
  );

export type Policy = z.infer<typeof PolicyFile> & {
  paging: PagingPolicy;
  /** Of the file's meaning, not its text: a comment changes nothing. */
  version: string;
  /** What postmortems are made from. As it is today: a better one is better for every incident, so it is no part of the version. */
  postmortemTemplate: { file: string; text: string };
};

/** Where incidents that started in PagerDuty are offered, if they are. */
export function offersChannelOf({ paging, updatesChannel }: Pick<Policy, 'paging' | 'updatesChannel'>): string {
  const offer = paging.declare?.offer;
  return typeof offer === 'string' ? offer : updatesChannel;
}

/** The file cannot be used; the message says where and why, in a sentence a person can act on. */
export class PolicyError extends CannotStart {
  override name = 'PolicyError';
}

/** Reads and checks the policy. Throws `PolicyError` with file, line and reason. */
export function loadPolicy(file: string): Policy {
  return parsePolicy(read(file), file);
}

export function parsePolicy(text: string, file: string): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) throw new PolicyError(`${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message}`);

  const parsed = PolicyFile.safeParse(valueOf(document, file, lines));
  if (!parsed.success) {
    throw new PolicyError(
      parsed.error.issues
        .map(
          (issue) =>
            `${file}:${lineOf(document.contents, placeOf(issue), lines)}: ${issue.path.join('.') || 'the file'}: ${issue.message}`,
        )
        .join('\n'),
    );
  }
  return {
    ...parsed.data,
    version: versionOf(parsed.data),
    postmortemTemplate: readTemplate(parsed.data.postmortem.template, file),
  };
}

/** The one that ships, for whoever keeps a policy elsewhere and wants nothing else. */
const shipped = { name: 'postmortem.md', file: 'config/postmortem.md' };

function readTemplate(name: string, policy: string): Policy['postmortemTemplate'] {
  const beside = resolve(dirname(policy), name);
  const file = !existsSync(beside) && name === shipped.name ? shipped.file : beside;
  try {
    return { file, text: readFileSync(file, 'utf8') };
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error);
    throw new PolicyError(
      `${file}: ${why}; postmortem.template in ${policy} names it. Copy config/postmortem.md there.`,
    );
  }
}

/** An alias to nothing, and aliases of aliases that would fill the memory, show only here. */
function valueOf(document: Document, file: string, lines: LineCounter): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    let offset = 0;
    visit(document, {
      Alias(_, alias) {
        offset = alias.range?.[0] ?? offset;
        return alias.resolve(document) ? undefined : visit.BREAK;
      },
    });
    const why = error instanceof Error ? error.message : String(error);
    throw new PolicyError(`${file}:${lines.linePos(offset).line}: ${why}`);
  }
}

/** Where to look for what is wrong: a key too many is what has to go, not what it stands in. */
const placeOf = (issue: z.core.$ZodIssue): PropertyKey[] =>
  issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;

export function versionOf(policy: z.infer<typeof PolicyFile>): string {
  return createHash('sha256').update(JSON.stringify(policy)).digest('hex').slice(0, 12);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new PolicyError(
      `${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file; set POLICY_FILE or copy config/tocsin.yml' : String(error)}`,
    );
  }
}

/** The line of the deepest part of the path that is in the file: a missing key is reported where its parent stands. */
function lineOf(contents: unknown, path: PropertyKey[], lines: LineCounter): number {
  let node: unknown = contents;
  let offset = 0;
  for (const step of path) {
    const next = isMap(node) ? pairOf(node.items, step) : (node as { items?: Node[] } | null)?.items?.[Number(step)];
    if (!next) break;
    const key = 'key' in next ? (next as Pair).key : next;
    offset = (key as Node).range?.[0] ?? offset;
    node = 'key' in next ? (next as Pair).value : next;
  }
  return lines.linePos(offset).line;
}

const pairOf = (pairs: Pair[], key: PropertyKey) => pairs.find((pair) => isScalar(pair.key) && pair.key.value === key);
