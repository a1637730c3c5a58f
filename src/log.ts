import { pino } from 'pino';

export type Log = pino.Logger;

/** Fields that hold secrets wherever they appear; Slack's `response_url` and `trigger_id` act for a person. */
const secretFields = [
  'token',
  'secret',
  'password',
  'authorization',
  'cookie',
  'response_url',
  'trigger_id',
  'signingSecret',
  'botToken',
  'appToken',
  'routing_key',
];

/** What a secret looks like when it got into a sentence: an error message of a library, a URL. */
const secretPatterns = [
  /\bx(?:ox[abeprs]|app)-[\w-]+/g,
  /https:\/\/hooks\.slack\.com\/[^\s"\\]+/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
  /\bv0=[0-9a-f]{64}\b/g,
  /(postgres(?:ql)?:\/\/[^:@/\s"\\]+:)[^@\s"\\]+(?=@)/g,
];

const hidden = '[hidden]';

/** JSON lines: a constant sentence and fields. The last filter sees every line, so that no path around it exists. */
export function createLog(
  level: string,
  write: (line: string) => void = (line) => void process.stdout.write(line),
): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: hidden },
    },
    { write: (line: string) => write(withoutSecrets(line)) },
  );
}

export function withoutSecrets(line: string): string {
  return secretPatterns.reduce(
    (so_far, pattern) => so_far.replace(pattern, (_, kept) => (typeof kept === 'string' ? kept : '') + hidden),
    line,
  );
}
