import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as z from 'zod';
import type { Secret } from '../secret.ts';
import { isSame, newSecret, sha256 } from './secrets.ts';

/** https://docs.slack.dev/authentication/sign-in-with-slack; these stand in https://slack.com/.well-known/openid-configuration. */
const slackItself = 'https://slack.com';

/** Slack is asked while somebody waits. Real milliseconds. */
const patience = 10_000;

export interface SlackSignInParts {
  clientId: string;
  clientSecret: Secret;
  /** Another server that speaks Slack's Web API, such as a sandbox: it is the one to sign in with as well. */
  apiUrl: string | undefined;
  team: () => string;
  now: () => Date;
}

/** Whoever came back is not who may come in; `why` is for the log. */
export class NotSignedIn extends Error {
  override name = 'NotSignedIn';
}

/** What is remembered while somebody is at Slack's. */
export const Begun = z.object({ nonceHash: z.string(), redirectUri: z.string(), to: z.string() });
type Begun = Pick<z.infer<typeof Begun>, 'nonceHash' | 'redirectUri'>;

const Tokens = z.object({ ok: z.literal(true), id_token: z.string() });
const Claims = z.object({
  nonce: z.string(),
  'https://slack.com/team_id': z.string(),
  'https://slack.com/user_id': z.string().min(1),
});

export type SlackSignIn = ReturnType<typeof createSlackSignIn>;

/** *Sign in with Slack*: OpenID Connect by the code flow. */
export function createSlackSignIn({ clientId, clientSecret, apiUrl, team, now }: SlackSignInParts) {
  const issuer = apiUrl === undefined ? slackItself : new URL(apiUrl).origin;
  const tokenUrl = new URL('openid.connect.token', apiUrl?.replace(/\/?$/, '/') ?? `${slackItself}/api/`);
  const keys = createRemoteJWKSet(new URL('/openid/connect/keys', issuer), { timeoutDuration: patience });

  async function exchange(code: string, redirectUri: string): Promise<string> {
    const response = await fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret.reveal(),
        code,
        grant_type: 'authorization_code',
        redirect_uri: redirectUri,
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    const answer: unknown = await response.json();
    const tokens = Tokens.safeParse(answer);
    if (tokens.success) return tokens.data.id_token;
    const { error } = z.object({ error: z.string().default('no id_token') }).parse(answer);
    throw new NotSignedIn(`Slack gave no token: ${error}`);
  }

  return {
    /** Where to send somebody, to come back to `redirectUri`. `nonce` is what Slack has to repeat; its hash is enough to remember. */
    begin(redirectUri: string): { url: string; state: string; nonceHash: string } {
      const [state, nonce] = [newSecret(), newSecret()];
      const url = new URL('/openid/connect/authorize', issuer);
      url.search = new URLSearchParams({
        response_type: 'code',
        scope: 'openid',
        client_id: clientId,
        state,
        nonce,
        redirect_uri: redirectUri,
        ...(team() && { team: team() }),
      }).toString();
      return { url: url.href, state, nonceHash: sha256(nonce) };
    },

    /** Who came back. Throws `NotSignedIn` where Slack's word does not hold, and whatever failed where Slack gave none. */
    async finish(code: string, { nonceHash, redirectUri }: Begun): Promise<string> {
      const token = await exchange(code, redirectUri);
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: clientId,
        // Slack's only one. A token that chose its own could choose none.
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'iat', 'nonce'],
        currentDate: now(),
        clockTolerance: 60,
      }).catch((error: unknown) => {
        throw new NotSignedIn('Slack’s id_token does not hold', { cause: error });
      });
      const claims = Claims.safeParse(payload);
      if (!claims.success) throw new NotSignedIn('the id_token names nobody');
      const { nonce, 'https://slack.com/team_id': from, 'https://slack.com/user_id': person } = claims.data;
      if (!isSame(sha256(nonce), nonceHash)) throw new NotSignedIn('the id_token is of another sign-in');
      if (from !== team()) throw new NotSignedIn(`the id_token is of another workspace, ${from}`);
      return person;
    },
  };
}
