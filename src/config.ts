import { z } from 'zod';

/** A value that does not show itself when something prints it. */
export interface Secret {
  reveal(): string;
}

const secret = (value: string): Secret =>
  ({ reveal: () => value, toString: () => '[hidden]', toJSON: () => '[hidden]' }) as Secret;

const Port = z.coerce.number('a port number').int().min(0).max(65_535);
const Token = (prefix: string) => z.string().startsWith(prefix, `a token that starts with ${prefix}`).transform(secret);

const Environment = z.object({
  SLACK_BOT_TOKEN: Token('xoxb-'),
  SLACK_APP_TOKEN: Token('xapp-').optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .min(1, 'not empty: an empty secret would let anybody in')
    .transform(secret)
    .optional(),
  SLACK_API_URL: z.url('a URL such as http://127.0.0.1:3100/api/').optional(),
  SLACK_SOCKETS: z.coerce
    .number()
    .int()
    .min(2, 'at least 2, so that one is up while the other is replaced')
    .max(10)
    .default(2),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'file:path/to/tocsin.db or postgres://…')
    .default('file:data/tocsin.db'),
  HOST: z.string().default('127.0.0.1'),
  PORT: Port.default(3000),
  PUBLIC_URL: z.url().optional(),
  POLICY_FILE: z.string().default('config/tocsin.yml'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TOCSIN_CLOCK_URL: z.url().optional(),
});

/** Every variable that is read, for `.env.example` to name. */
export const variables = Object.keys(Environment.shape);

export interface Config {
  slack: {
    botToken: Secret;
    /** How deliveries come in. With both an app token and a signing secret it is the socket. */
    intake: { socket: Secret; sockets: number } | { signingSecret: Secret };
    apiUrl: string | undefined;
  };
  databaseUrl: string;
  host: string;
  port: number;
  publicUrl: string | undefined;
  policyFile: string;
  logLevel: string;
  clockUrl: string | undefined;
}

/** The environment cannot be used; the message names every variable that is wrong and what it should be. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the environment, the only place that does. Throws `ConfigError`. An empty variable is one that is not set, but for secrets. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value !== '' || name === 'SLACK_SIGNING_SECRET'),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${expected(issue)}`).join('\n'));
  }
  const env = parsed.data;
  refuseForeignClock(env.TOCSIN_CLOCK_URL, env.SLACK_API_URL);
  return {
    slack: { botToken: env.SLACK_BOT_TOKEN, intake: intakeOf(env), apiUrl: env.SLACK_API_URL },
    databaseUrl: env.DATABASE_URL,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL,
    policyFile: env.POLICY_FILE,
    logLevel: env.LOG_LEVEL,
    clockUrl: env.TOCSIN_CLOCK_URL,
  };
}

const expected = (issue: { message: string; code?: string }) =>
  issue.code === 'invalid_type'
    ? 'is missing; docs/slack-setup.md says where to find it'
    : `should be ${issue.message}`;

function intakeOf(env: z.infer<typeof Environment>): Config['slack']['intake'] {
  if (env.SLACK_APP_TOKEN) return { socket: env.SLACK_APP_TOKEN, sockets: env.SLACK_SOCKETS };
  if (env.SLACK_SIGNING_SECRET) return { signingSecret: env.SLACK_SIGNING_SECRET };
  throw new ConfigError(
    'SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP): one of them is needed to hear from Slack',
  );
}

/** A clock that somebody else winds is for a sandbox on this machine; with the real Slack it could silence every reminder. */
function refuseForeignClock(clockUrl: string | undefined, apiUrl: string | undefined): void {
  if (!clockUrl) return;
  if (isLoopback(clockUrl) && apiUrl !== undefined && isLoopback(apiUrl)) return;
  throw new ConfigError(
    'TOCSIN_CLOCK_URL: only a sandbox on this machine may set the clock; with the real Slack leave it out',
  );
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
