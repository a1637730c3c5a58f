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
].join('|');

/** What a secret looks like, whatever it is called and however deep it lies: a field, a JSON body quoted in a sentence, a form, a URL. */
const secretPatterns = [
  // The same quotes close as open, since a quoted body has its own escaped: {\"token\":\"…\"}.
  new RegExp(
    `(?<keep>(?<quote>\\\\*")(?:${secretFields})\\k<quote>\\s*:\\s*\\k<quote>).*?(?<!\\\\)(?=\\k<quote>)`,
    'gi',
  ),
  new RegExp(`(?<keep>\\b(?:${secretFields})=)[^&\\s"\\\\]+`, 'gi'),
  /\bx(?:ox[a-z]|app)-[\w-]+/g,
  /https:\/\/hooks\.slack\.com\/[^\s"\\]+/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g,
  /\bv0=[0-9a-f]{64}\b/g,
  /(?<keep>\b(?:postgres(?:ql)?|smtps?):\/\/[^:@/\s"\\]*:)[^\s"\\]+(?=@)/g,
];

const hidden = '[hidden]';
/** A shorter one would hide half of what is said. */
const shortestSecret = 6;

/**
 * JSON lines: a constant sentence and fields. The last filter sees every line, so that no path around it exists; `hide` names secrets
 * that look like nothing in particular.
 */
export function createLog(
  level: string,
  write: (line: string) => void = (line) => void process.stdout.write(line),
  hide: readonly string[] = [],
): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(withoutSecrets(line, hide)) },
  );
}

export function withoutSecrets(text: string, hide: readonly string[] = []): string {
  const named = hide
    .filter((secret) => secret.length >= shortestSecret)
    .reduce((rest, secret) => rest.replaceAll(secret, hidden), text);
  return secretPatterns.reduce((rest, pattern) => rest.replace(pattern, replacement), named);
}

/** Whatever names the secret stays, so that a reader knows what was there. */
function replacement(...matched: unknown[]): string {
  const { keep = '' } = (typeof matched.at(-1) === 'object' ? matched.at(-1) : {}) as { keep?: string };
  return keep + hidden;
}
