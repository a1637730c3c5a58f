import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { CannotStart } from './cannot-start.ts';
import { severities } from './incident/severity.ts';

const minutes = z.number().int().positive().describe('Minutes');
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

const RolePolicy = z.strictObject({
  name: z.string().min(1).max(75),
  duty: z.string().min(1).max(300).describe('The duty in one line'),
});

const ServicePolicy = z.strictObject({ name: z.string().min(1).max(75) });

const perSeverity = <T extends z.ZodType>(value: T) =>
  z.strictObject(
    Object.fromEntries(severities.map((severity) => [severity, value])) as Record<(typeof severities)[number], T>,
  );

/** A key that travels in button values and URLs. */
const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes, at most 40');

/** Slack's limit for the options of a select: what comes after could not be chosen. */
const mostServices = 100;

/** `config/tocsin.yml`: the process as code. */
export const PolicyFile = z.strictObject({
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
  severities: perSeverity(SeverityPolicy),
  cadence: perSeverity(CadencePolicy),
  roles: z.record(key, RolePolicy),
  services: z
    .record(key, ServicePolicy)
    .refine(
      (services) => Object.keys(services).length <= mostServices,
      `at most ${mostServices}, as a form shows no more`,
    )
    .default({}),
});

export type Policy = z.infer<typeof PolicyFile> & {
  /** Of the file's meaning, not its text: a comment changes nothing. */
  version: string;
};

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
  return { ...parsed.data, version: versionOf(parsed.data) };
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
