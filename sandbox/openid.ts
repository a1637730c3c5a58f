/**
 * Sign in with Slack: OpenID Connect by the code flow, as https://docs.slack.dev/authentication/sign-in-with-slack has it. The page
 * where Slack asks for a password asks here who one is.
 */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { escapeHtml } from './html.ts';
import { reply } from './http.ts';
import type { Json } from './json.ts';
import type { Call, Method } from './methods/method.ts';
import { refuse } from './refusal.ts';
import type { Slack } from './slack.ts';
import { clientId, clientSecret, type PersonInfo } from './wire.ts';

/** Slack's codes and tokens are good for this long. */
const codeLivesMs = 10 * 60_000;
const tokenLives = 5 * 60;
const keyId = 'sandbox-1';

type Given = { person: PersonInfo; nonce: string | undefined; redirectUri: string; until: number };
/** For tests of what must not be believed: what the next token says in place of the truth. */
export type Forged = { claims?: Json; alg?: 'RS256' | 'HS256' | 'none'; key?: 'other' };

const base64url = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');
const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

export function createOpenId(slack: () => Slack) {
  const codes = new Map<string, Given>();
  const tokens = new Map<string, PersonInfo>();
  let key: ReturnType<typeof newKey> | undefined;
  let forged: Forged = {};
  const ownKey = () => {
    key ??= newKey();
    return key;
  };

  function isAllowed(redirectUri: string): boolean {
    const url = URL.parse(redirectUri);
    return url?.protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(url?.hostname ?? '');
  }

  /** The first look has everybody to choose from; a choice goes back with a code. */
  function authorize(response: ServerResponse, asked: URL) {
    const { searchParams: given } = asked;
    const redirectUri = given.get('redirect_uri') ?? '';
    const said = (error: string) => reply(response, 400, `${error}\n`);
    if (given.get('client_id') !== clientId) return said('invalid_client_id');
    if (!isAllowed(redirectUri)) return said('bad_redirect_uri');
    if (given.get('response_type') !== 'code') return said('invalid_response_type');
    if (!(given.get('scope') ?? '').split(/[ ,]/).includes('openid')) return said('invalid_scope');
    const name = given.get('as');
    const { workspace, clock } = slack();
    const back = (fields: Record<string, string>) => {
      const to = new URL(redirectUri);
      for (const [field, value] of Object.entries({ ...fields, state: given.get('state') ?? '' }))
        to.searchParams.set(field, value);
      return response.writeHead(302, { location: to.href, 'cache-control': 'no-store' }).end();
    };
    if (given.has('deny')) return back({ error: 'access_denied' });
    if (name === null) return reply(response, 200, choosePage(asked, [...workspace.people.values()]), htmlHeaders);
    const person = workspace.personNamed(name);
    if (!person || person.isBot || person.role === 'deactivated') return said('access_denied');
    const code = crypto.randomUUID();
    const nonce = given.get('nonce') ?? undefined;
    codes.set(code, { person, nonce, redirectUri, until: clock.now() + codeLivesMs });
    return back({ code });
  }

  function token({ args }: Call): Json {
    if (args.need('client_id') !== clientId) refuse('invalid_client_id');
    if (args.need('client_secret') !== clientSecret) refuse('bad_client_secret');
    if ((args.text('grant_type') ?? 'authorization_code') !== 'authorization_code') refuse('invalid_grant_type');
    const code = args.need('code');
    const given = codes.get(code);
    codes.delete(code);
    if (!given || given.until < slack().clock.now()) return refuse('invalid_code');
    if (args.text('redirect_uri') !== given.redirectUri) refuse('bad_redirect_uri');
    const access = `xoxp-sandbox-${crypto.randomUUID()}`;
    tokens.set(access, given.person);
    return { access_token: access, token_type: 'Bearer', id_token: idToken(given, access) };
  }

  function idToken({ person, nonce }: Given, access: string): Json[string] {
    const { claims = {}, alg = 'RS256', key: other } = forged;
    forged = {};
    const iat = Math.floor(slack().clock.now() / 1000);
    const payload = {
      iss: slack().url(),
      sub: person.id,
      aud: clientId,
      exp: iat + tokenLives,
      iat,
      auth_time: iat,
      nonce: nonce ?? '',
      at_hash: createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url'),
      'https://slack.com/team_id': person.teamId,
      'https://slack.com/user_id': person.id,
      ...claims,
    };
    const signed = `${base64url({ alg, typ: 'JWT', kid: keyId })}.${base64url(payload)}`;
    if (alg === 'none') return `${signed}.`;
    const { privateKey } = other ? newKey() : ownKey();
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }

  function userInfo(person: PersonInfo): Json {
    return {
      sub: person.id,
      'https://slack.com/user_id': person.id,
      'https://slack.com/team_id': person.teamId,
    };
  }

  return {
    methods: {
      'openid.connect.token': { tier: 'special', scopes: [], token: 'none', run: token },
    } satisfies Record<string, Method>,
    forge(next: Forged) {
      forged = next;
    },
    clear() {
      codes.clear();
      tokens.clear();
      forged = {};
    },
    /** /openid/connect/… */
    handle(response: ServerResponse, asked: URL) {
      if (slack().faults.isOut()) return reply(response, 503, 'service_unavailable');
      if (asked.pathname === '/openid/connect/authorize') return authorize(response, asked);
      if (asked.pathname === '/openid/connect/keys') {
        const jwk = ownKey().publicKey.export({ format: 'jwk' });
        return reply(response, 200, { keys: [{ ...jwk, kid: keyId, alg: 'RS256', use: 'sig' }] });
      }
      return reply(response, 404, 'nothing here');
    },
    /** /api/openid.connect.userInfo, by the token that came with the id_token. */
    userInfo(request: IncomingMessage, response: ServerResponse) {
      const person = tokens.get(/^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '');
      return reply(response, 200, person ? { ok: true, ...userInfo(person) } : { ok: false, error: 'invalid_auth' });
    },
  };
}

const htmlHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
};

function choosePage(asked: URL, people: PersonInfo[]): string {
  const link = (fields: Record<string, string>) => {
    const to = new URL(asked);
    for (const [name, value] of Object.entries(fields)) to.searchParams.set(name, value);
    return escapeHtml(`${to.pathname}${to.search}`);
  };
  const choices = people
    .filter(({ isBot, role }) => !isBot && role !== 'deactivated')
    .map(({ name, realName }) => `<li><a href="${link({ as: name })}">${escapeHtml(realName)}</a></li>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sign in with Slack</title>
<style>:root{color-scheme:light dark;font:16px/1.6 system-ui,sans-serif}main{max-width:26rem;margin:10vh auto;padding:0 1rem}
ul{list-style:none;padding:0}a{display:block;padding:.6rem 1rem;margin:.4rem 0;border:1px solid;border-radius:6px;color:LinkText}</style>
<main><h1>Sign in with Slack</h1><p>In a real workspace Slack asks for a password here. Who are you?</p>
<ul>${choices.join('')}</ul><p><a href="${link({ deny: '1' })}">Nobody: go back</a></p></main></html>`;
}
