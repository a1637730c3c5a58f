import * as z from 'zod';
import { CannotStart } from './cannot-start.ts';
import { type PagingSettings, pagingOf, pagingProblems, pagingSecrets, pagingVariables } from './paging-config.ts';
import { type Secret, secret } from './secret.ts';

/** Each message completes "<variable> should be …". */
const Url = z.url({ protocol: /^https?$/, error: 'a URL that begins with http:// or https://' });
const Token = (prefix: string, what: string) =>
  z
    .string({ error: `the ${what}; docs/slack-setup.md says where to find it` })
    .regex(new RegExp(`^${prefix}\\S+$`), `the ${what}, which starts with ${prefix}`)
    .transform(secret);
const Whole = (least: number, most: number, what: string) => {
  const error = `${what}, from ${least} to ${most}`;
  return z.coerce.number({ error }).int(error).min(least, error).max(most, error);
};
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const Environment = z.object({
  SLACK_BOT_TOKEN: Token('xoxb-', 'bot token of the app'),
  SLACK_APP_TOKEN: Token('xapp-', 'app-level token of the app').optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .trim()
    .min(1, 'the signing secret of the app, or left out: an empty one would let anybody in')
    .transform(secret)
    .optional(),
  SLACK_API_URL: Url.optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().transform(secret).optional(),
  SLACK_SOCKETS: Whole(2, 10, 'a number of connections, so that one is up while another is replaced').default(2),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'file:path/to/tocsin.db or postgres://…')
    .default('file:data/tocsin.db'),
  HOST: z.string().default('127.0.0.1'),
  PORT: Whole(0, 65_535, 'a port number').default(3000),
  PUBLIC_URL: Url.optional(),
  POLICY_FILE: z.string().default('config/tocsin.yml'),
  EXPORT_DIR: z.string().optional(),
  CHROMIUM: z.string().optional(),
  ...pagingVariables,
  LOG_LEVEL: z.enum(levels, { error: `one of ${levels.join(', ')}` }).default('info'),
  TOCSIN_CLOCK_URL: Url.optional(),
});
type Environment = z.infer<typeof Environment>;

/** Every variable that is read, for `.env.example` to name. */
export const variables = Object.keys(Environment.shape);

export interface ExportSettings {
  /** Where exports are kept as well. */
  folder: string | undefined;
  /** The browser that makes PDFs; `none`: no browser. */
  chromium: string | undefined;
}

export interface Config {
  slack: {
    botToken: Secret;
    /** How deliveries come in. With both an app token and a signing secret it is the socket. */
    intake: { socket: Secret; sockets: number } | { signingSecret: Secret };
    apiUrl: string | undefined;
  };
  /** For *Sign in with Slack* on the web pages; without it people need a code. */
  signIn: { clientId: string; clientSecret: Secret } | undefined;
  databaseUrl: string;
  host: string;
  port: number;
  publicUrl: string | undefined;
  policyFile: string;
  exports: ExportSettings;
  paging: PagingSettings;
  logLevel: string;
  clockUrl: string | undefined;
}

/** The environment cannot be used; the message has a line for every variable that is wrong, with what it should be. */
export class ConfigError extends CannotStart {
  override name = 'ConfigError';
}

/** Reads the environment, the only place that does. Throws `ConfigError`. An empty variable is one that is not set, but for secrets. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value !== '' || name === 'SLACK_SIGNING_SECRET'),
  );
  const parsed = Environment.safeParse(given);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} should be ${issue.message}.`),
    ...withoutIntake(given),
    ...foreignClock(given),
    ...halfSignIn(given),
    ...pagingProblems(given, isLoopback),
  ];
  if (!parsed.data || problems.length > 0) throw new ConfigError(problems.join('\n'));
  const env = parsed.data;
  return {
    slack: { botToken: env.SLACK_BOT_TOKEN, intake: intakeOf(env), apiUrl: env.SLACK_API_URL },
    signIn: signInOf(env),
    databaseUrl: env.DATABASE_URL,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL,
    policyFile: env.POLICY_FILE,
    exports: { folder: env.EXPORT_DIR, chromium: env.CHROMIUM },
    paging: pagingOf(env),
    logLevel: env.LOG_LEVEL,
    clockUrl: env.TOCSIN_CLOCK_URL,
  };
}

type Given = Record<string, string | undefined>;

function withoutIntake({ SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: signing }: Given): string[] {
  if (app !== undefined || signing !== undefined) return [];
  return [
    'SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) should be set: the bot hears from Slack by one.',
  ];
}

function intakeOf({ SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: signingSecret, SLACK_SOCKETS: sockets }: Environment) {
  if (app) return { socket: app, sockets };
  if (signingSecret) return { signingSecret };
  throw new Error('neither a socket nor HTTP');
}

/** What the command that exports reads: it works without Slack, and then has ids in the place of names. */
export function readExportSettings(
  given: Given = process.env,
): ExportSettings & Partial<Config['slack']> & Pick<Config, 'policyFile'> {
  const token = Environment.shape.SLACK_BOT_TOKEN.safeParse(given.SLACK_BOT_TOKEN).data;
  return {
    folder: given.EXPORT_DIR || undefined,
    chromium: given.CHROMIUM || undefined,
    policyFile: given.POLICY_FILE || 'config/tocsin.yml',
    apiUrl: given.SLACK_API_URL || undefined,
    ...(token && { botToken: token }),
  };
}

/** A clock that somebody else winds is for a sandbox on this machine; with the real Slack it could silence every reminder. */
function foreignClock({ TOCSIN_CLOCK_URL: clock, SLACK_API_URL: api }: Given): string[] {
  if (clock === undefined || (isLoopback(clock) && api !== undefined && isLoopback(api))) return [];
  return ['TOCSIN_CLOCK_URL should be left out: only a sandbox on this machine (SLACK_API_URL) may set the clock.'];
}

/** Slack sends people back to PUBLIC_URL and to no address without TLS; what they are sent back with opens the pages. */
function halfSignIn(given: Given): string[] {
  const { SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: clientSecret, PUBLIC_URL: at, SLACK_API_URL: api } = given;
  if (id === undefined && clientSecret === undefined) return [];
  if (id === undefined || clientSecret === undefined)
    return [
      'SLACK_CLIENT_ID and SLACK_CLIENT_SECRET should be set both, or neither: people sign in with the two together.',
    ];
  if (api !== undefined && isLoopback(api)) return [];
  if (at?.startsWith('https://')) return [];
  return ['PUBLIC_URL should begin with https:// where people sign in with Slack: it sends them back there.'];
}

const signInOf = ({ SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret }: Environment) =>
  clientId !== undefined && clientSecret ? { clientId, clientSecret } : undefined;

/** The values to hide wherever they would be printed; a password may be written out as it is or as a URL has it. */
export function secretsOf({ slack: { botToken, intake }, signIn, databaseUrl, paging }: Config): string[] {
  const { password = '' } = URL.parse(databaseUrl) ?? {};
  const received = 'socket' in intake ? intake.socket : intake.signingSecret;
  const named = [
    botToken.reveal(),
    received.reveal(),
    signIn?.clientSecret.reveal() ?? '',
    password,
    decoded(password),
    ...pagingSecrets(paging).flatMap((value) => [value, decoded(value)]),
  ];
  return [...new Set(named)].filter((value) => value !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a URL stays on this machine. */
export function isLoopback(url: string): boolean {
  const hostname = URL.parse(url)?.hostname ?? '';
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
