import { BlockList } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { minutes } from '../time.ts';
import type { Address } from './address.ts';
import type { Attempts } from './attempts.ts';
import { hashOfCode } from './codes.ts';
import type { Cookies } from './cookies.ts';
import { formToken, isSame, newSecret, sha256 } from './secrets.ts';
import type { Sessions } from './sessions.ts';
import { signInPage } from './sign-in-page.ts';
import { Begun, NotSignedIn, type SlackSignIn } from './slack-sign-in.ts';

export interface SignInParts {
  store: Store;
  sessions: Sessions;
  cookies: Cookies;
  attempts: { slack: Attempts; code: Attempts };
  address: Address;
  /** Absent where it is not set up. */
  slack: SlackSignIn | undefined;
  now: () => Date;
  log: Log;
}

/** Long enough to find the password of Slack. */
const onTheWay = minutes(10);

const ForCode = z.object({ person: z.string() });

/** How people come in: by Slack, or by a code. */
export function signInRoutes({ store, sessions, cookies, attempts, address, slack, now, log }: SignInParts): Hono {
  const routes = new Hono();
  const problems: Record<string, string> = {
    slack: 'Slack does not answer. Try again, or ask for a code.',
    refused: 'That did not work: it took too long, was used before, or Slack did not let you in. Try again.',
    code: 'That code does not hold. It is good once, for 15 minutes; ask for a new one.',
    often: 'That was too often. Wait five minutes.',
  };
  const back = (c: Context, problem: keyof typeof problems, to: string) =>
    c.redirect(`/sign-in?${new URLSearchParams({ problem, to })}`, 303);

  /** What a sign-in in this browser is known by, before there is a session. */
  function browser(c: Context): string {
    const known = cookies.get(c, 'sign-in') ?? newSecret();
    cookies.set(c, 'sign-in', known, onTheWay / 1000);
    return known;
  }

  routes.get('/sign-in', (c) => {
    const { to, problem = '' } = c.req.query();
    const said = Object.hasOwn(problems, problem) ? problems[problem] : undefined;
    const token = formToken(browser(c));
    return c.html(signInPage({ withSlack: slack !== undefined, to: inside(to), token, problem: said }));
  });

  routes.get('/sign-in/slack', async (c) => {
    const to = inside(c.req.query('to'));
    if (!slack) return c.redirect('/sign-in', 303);
    if (attempts.slack.tooMany(sender(c))) return back(c, 'often', to);
    const redirectUri = `${address.origin(c.req.header('host'))}/sign-in/slack/callback`;
    const { url, state, nonceHash } = slack.begin(redirectUri);
    // With the browser in it, so that nobody is made to finish a sign-in that somebody else began.
    const hash = sha256(`${state}:${browser(c)}`);
    const until = new Date(now().getTime() + onTheWay);
    await store.transact((tx) => tx.signIns.begin({ hash, how: 'slack', body: { nonceHash, redirectUri, to }, until }));
    return c.redirect(url, 303);
  });

  routes.get('/sign-in/slack/callback', async (c) => {
    const { state = '', code } = c.req.query();
    const hash = sha256(`${state}:${cookies.get(c, 'sign-in') ?? ''}`);
    const begun = Begun.safeParse(await store.transact((tx) => tx.signIns.use(hash, 'slack', now())));
    if (!slack || !begun.success || !code) return back(c, 'refused', inside(undefined));
    const { to } = begun.data;
    try {
      const person = await slack.finish(code, begun.data);
      await sessions.open(c, person, 'slack');
      cookies.drop(c, 'sign-in');
      return c.redirect(to, 303);
    } catch (err) {
      log.warn({ err }, 'a sign-in with Slack failed');
      return back(c, err instanceof NotSignedIn ? 'refused' : 'slack', to);
    }
  });

  routes.post('/sign-in/code', async (c) => {
    const { token = '', code = '', to } = await fields(c);
    const place = inside(to);
    if (attempts.code.tooMany(sender(c))) return back(c, 'often', place);
    const known = cookies.get(c, 'sign-in');
    if (!known || !isSame(token, formToken(known))) return back(c, 'refused', place);
    const used = ForCode.safeParse(await store.transact((tx) => tx.signIns.use(hashOfCode(code), 'code', now())));
    if (!used.success) {
      log.warn({ from: sender(c) }, 'somebody tried to sign in with a code that does not hold');
      return back(c, 'code', place);
    }
    const { person } = used.data;
    log.warn({ person, from: sender(c) }, 'somebody signed in with a code');
    await sessions.open(c, person, 'code');
    cookies.drop(c, 'sign-in');
    return c.redirect(place, 303);
  });

  return routes;
}

/** A place of ours to go on to: an address that leads elsewhere is left. */
function inside(to: string | undefined): string {
  const url = to?.startsWith('/') ? URL.parse(to, 'http://inside') : undefined;
  return url?.origin === 'http://inside' ? `${url.pathname}${url.search}` : '/incidents';
}

/** The fields of a form; of several with one name the last, and no files. */
export async function fields(c: Context): Promise<Record<string, string>> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Where a proxy of ours is: on this machine, or beside us in a network that is nobody else's. */
const beside = new BlockList();
for (const [net, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  beside.addSubnet(net, prefix);
beside.addAddress('::1', 'ipv6');
beside.addSubnet('fc00::', 7, 'ipv6');

/** Who asks. A proxy says for whom, last in the list; what stands before that anybody could have written. */
function sender(c: Context): string {
  const { address = '' } = getConnInfo(c).remote;
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return (beside.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4') && forwarded) || plain;
}
