import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Config } from '../../config.ts';
import type { Secret } from '../../secret.ts';
import { type Finding, ok, problem, sentence, warning } from './finding.ts';

interface Answer {
  ok: boolean;
  error?: string;
  [field: string]: unknown;
}

interface Asked {
  answer: Answer;
  /** What the token may do, where Slack says so. */
  scopes: string[] | undefined;
  /** How far our clock is ahead of Slack's. Seconds, known to the second. */
  ahead: number | undefined;
}

const AuthTest = z.object({ team_id: z.string(), team: z.string(), user: z.string(), url: z.string() });

export interface SlackFindings {
  findings: Finding[];
  /** The workspace of the token. */
  team: string | undefined;
}

/** Slack's own word on the tokens, the scopes, the clock and the channels that the policy names. */
export async function checkSlack(
  config: Config,
  updatesChannel: string | undefined,
  offersChannel = updatesChannel,
): Promise<SlackFindings> {
  const ask = asker(config.slack.apiUrl ?? 'https://slack.com/api/');
  const asked = await ask('auth.test', config.slack.botToken).catch(sentence);
  if (typeof asked === 'string') {
    const fix = 'Check the network, a proxy, and SLACK_API_URL. The bot starts all the same and waits for Slack.';
    return { findings: [problem(`Slack does not answer: ${asked}.`, fix)], team: undefined };
  }
  const { answer, scopes, ahead } = asked;
  if (!answer.ok) {
    const fix = 'Copy SLACK_BOT_TOKEN anew from "OAuth & Permissions"; install the app again if it was removed.';
    return {
      findings: [...clock(ahead), problem(`Slack refuses the bot token: ${answer.error}.`, fix)],
      team: undefined,
    };
  }
  const { team, team_id: id, user, url } = AuthTest.parse(answer);
  return {
    findings: [
      ok(`The bot is @${user} in ${team} (${url}).`),
      ...clock(ahead),
      ...(scopes ? checkScopes(scopes) : []),
      ...(await intake(config, ask)),
      ...(updatesChannel ? [await isIn('updates channel', updatesChannel, config.slack.botToken, ask)] : []),
      ...(offersChannel && offersChannel !== updatesChannel
        ? [await isIn('channel of paging.declare.offer,', offersChannel, config.slack.botToken, ask)]
        : []),
    ],
    team: id,
  };
}

type Ask = (method: string, token: Secret, args?: Record<string, string>) => Promise<Asked>;

function asker(apiUrl: string): Ask {
  return async (method, token, args = {}) => {
    const response = await fetch(new URL(method, apiUrl.replace(/\/?$/, '/')), {
      method: 'POST',
      headers: { authorization: `Bearer ${token.reveal()}` },
      body: new URLSearchParams(args),
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    const answer = (await response.json().catch(() => ({ ok: false, error: `HTTP ${response.status}` }))) as Answer;
    const date = Date.parse(response.headers.get('date') ?? '');
    return {
      answer,
      scopes: response.headers.get('x-oauth-scopes')?.split(/,\s*/),
      ahead: Number.isNaN(date) ? undefined : Math.round((Date.now() - date) / 1000),
    };
  };
}

/** Slack's signatures are good for five minutes; half of that is time enough to act. */
function clock(ahead: number | undefined): Finding[] {
  if (ahead === undefined) return [];
  const apart = Math.abs(ahead);
  const says = `This machine's clock is ${apart} s ${ahead > 0 ? 'ahead of' : 'behind'} Slack's.`;
  const fix = 'Switch on time synchronisation (timedatectl set-ntp true).';
  if (apart > 240) return [problem(says, `${fix} Beyond five minutes no request of Slack's is believed.`)];
  return apart > 30 ? [warning(says, fix)] : [ok('The clock agrees with that of Slack.')];
}

const Manifest = z.object({
  oauth_config: z.object({
    scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()).default([]) }),
  }),
});

/** What the app was granted against what manifest.yml asks for. */
export function checkScopes(granted: string[], file = 'manifest.yml'): Finding[] {
  const { bot, bot_optional: optional } = Manifest.parse(parse(readFileSync(file, 'utf8'))).oauth_config.scopes;
  const without = (wanted: string[]) => wanted.filter((scope) => !granted.includes(scope));
  const needed = bot.filter((scope) => !optional.includes(scope));
  const surplus = granted.filter((scope) => !bot.includes(scope));
  const again = 'Give the app manifest.yml again and reinstall it; docs/slack-setup.md says how.';
  const list = (scopes: string[]) => scopes.join(', ');
  return [
    without(needed).length > 0
      ? problem(`The app lacks the scopes ${list(without(needed))}.`, again)
      : ok('The app has every scope it needs.'),
    ...(without(optional).length > 0
      ? [
          warning(
            `The app lacks ${list(without(optional))}: private incidents, pins or bookmarks will be missing.`,
            again,
          ),
        ]
      : []),
    ...(surplus.length > 0
      ? [warning(`The app may do more than it needs: ${list(surplus)}.`, `Take these scopes away. ${again}`)]
      : []),
  ];
}

async function intake({ slack, publicUrl }: Config, ask: Ask): Promise<Finding[]> {
  if (!('socket' in slack.intake)) {
    if (publicUrl) return [ok(`Slack reaches the bot over HTTP, at ${new URL('/slack/events', publicUrl)}.`)];
    const fix = 'Set PUBLIC_URL, and give Slack <PUBLIC_URL>/slack/events as request URL.';
    return [warning('Slack is to reach the bot over HTTP, but PUBLIC_URL does not say where.', fix)];
  }
  const { answer } = await ask('apps.connections.open', slack.intake.socket).catch((error: unknown) => ({
    answer: { ok: false, error: sentence(error) },
  }));
  if (answer.ok) return [ok('Socket Mode works.')];
  const fix = 'Switch on Socket Mode, and set SLACK_APP_TOKEN to an app-level token with the scope connections:write.';
  return [problem(`Slack gives no Socket Mode connection: ${answer.error}.`, fix)];
}

const Page = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
  response_metadata: z.object({ next_cursor: z.string() }).partial().optional(),
});

/** Announcements and offers go where the bot is a member. */
async function isIn(what: string, channel: string, token: Secret, ask: Ask): Promise<Finding> {
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const args = { types: 'public_channel', exclude_archived: 'true', limit: '200', ...(cursor && { cursor }) };
    const { answer } = await ask('users.conversations', token, args);
    const page = Page.safeParse(answer);
    if (!page.success)
      return problem(`Slack does not say which channels the bot is in: ${answer.error}.`, 'See the scopes above.');
    if (page.data.channels.some(({ id, name }) => channel === id || channel === `#${name}`))
      return ok(`The bot is in the ${what} ${channel}.`);
    cursor = page.data.response_metadata?.next_cursor || undefined;
  }
  const fix = `Create ${channel} unless it is there, and type /invite @tocsin in it. Or name another in the policy.`;
  return problem(`The bot is not in the ${what} ${channel}, so nothing can be posted there.`, fix);
}
