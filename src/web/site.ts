import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { Config } from '../config.ts';
import { denial } from '../may.ts';
import { denialText } from '../slack/refusals.ts';
import type { Address } from './address.ts';
import { assetRoutes } from './assets.ts';
import { createAttempts } from './attempts.ts';
import { createCookies } from './cookies.ts';
import { securityHeaders } from './headers.ts';
import { saying } from './layout.ts';
import type { PageEnv, PageRoutes, Pages } from './pages.ts';
import { formToken, isSame } from './secrets.ts';
import { createSessions } from './sessions.ts';
import { fields, signInRoutes } from './sign-in.ts';
import { createSlackSignIn } from './slack-sign-in.ts';

export interface SiteParts extends Pages {
  config: Pick<Config, 'signIn' | 'slack'>;
  address: Address;
  /** What the features add. */
  routes: PageRoutes[];
}

/** A section of a postmortem has 100,000 characters at most, each of up to nine bytes in a form. */
const largestForm = 1024 * 1024;

/** What people read in the browser: everything but the sign-in is for who is signed in. */
export function siteRoutes(parts: SiteParts): Hono<PageEnv> {
  const { store, people, policy, identity, now, log, config, address, routes } = parts;
  const cookies = createCookies(address);
  // A whole office may come from one address when something is down; nobody mistypes a code ten times.
  const attempts = { slack: createAttempts(now, 200), code: createAttempts(now, 10) };
  const sessions = createSessions({ store, cookies, now });
  const slack =
    config.signIn &&
    createSlackSignIn({
      ...config.signIn,
      apiUrl: config.slack.apiUrl,
      team: () => identity().team,
      now,
    });

  const site = new Hono<PageEnv>();
  site.use(securityHeaders(address));
  site.use(async (c, next) => {
    if (address.isOurs(c.req.header('host'))) return next();
    return c.html(saying('Not here', `These pages are at ${address.origin(undefined)}.`), 421);
  });
  site.use(
    bodyLimit({
      maxSize: largestForm,
      onError: (c) => c.html(saying('Too long', 'That is too long to be kept.'), 413),
    }),
  );
  site.use(async (c, next) => {
    const { host, origin, 'sec-fetch-site': place } = c.req.header();
    if (isRead(c.req.method) || address.sentByUs({ host, origin, site: place })) return next();
    return c.html(saying('Not sent from here', 'Open the page again and send it from there.'), 403);
  });

  site.route('/', assetRoutes);
  site.route('/', signInRoutes({ store, sessions, cookies, attempts, address, slack, now, log }));

  /** Who reads. Asked anew with each page: who was deactivated, or came to be a stranger, is out everywhere. */
  const signedIn = createMiddleware<PageEnv>(async (c, next) => {
    const session = await sessions.current(c);
    if (!session) {
      if (!isRead(c.req.method)) return c.html(saying('Not signed in', 'Sign in, then send it again.'), 401);
      const { pathname, search } = new URL(c.req.url);
      const to = pathname === '/' ? '/incidents' : `${pathname}${search}`;
      return c.redirect(`/sign-in?${new URLSearchParams({ to })}`, 303);
    }
    const person = await people.lately(session.person);
    const token = formToken(session.cookie);
    const denied = denial(policy, person, 'see');
    if (denied) {
      if (denied !== 'guest') await sessions.endAll(person.id);
      return c.html(saying('Not for you', denialText(denied)), 403);
    }
    c.set('visitor', { person, name: person.name ?? person.id, token });
    return next();
  });

  const meant = createMiddleware<PageEnv>(async (c, next) => {
    if (isRead(c.req.method)) return next();
    const { token = '' } = await fields(c);
    if (isSame(token, c.get('visitor').token)) return next();
    return c.html(saying('Not sent from here', 'Open the page again and send it from there.', c.get('visitor')), 403);
  });

  site.use(signedIn, meant);
  site.get('/', (c) => c.redirect('/incidents', 303));
  site.post('/sign-out', async (c) => {
    const { everywhere } = await fields(c);
    if (everywhere) await sessions.endAll(c.get('visitor').person.id);
    await sessions.end(c);
    return c.redirect('/sign-in', 303);
  });
  for (const some of routes) site.route('/', some);
  site.onError((err, c) => {
    log.error({ err, path: c.req.path }, 'a page failed');
    return c.html(saying('That failed', 'Something went wrong here; the log says what.', c.get('visitor')), 500);
  });
  site.notFound((c) => c.html(notThere(c.get('visitor')), 404));
  return site;
}

const isRead = (method: string) => method === 'GET' || method === 'HEAD';

/** The same for what is not there and for what one may not see. */
export const notThere = (visitor?: PageEnv['Variables']['visitor']) =>
  saying('Nothing here', 'There is no such page, or it is not one that you can see.', visitor);
