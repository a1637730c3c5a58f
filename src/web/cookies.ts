import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

type Name = 'session' | 'sign-in';

export type Cookies = ReturnType<typeof createCookies>;

/**
 * `__Host-`: set by this very host, over TLS, for all of it. On this machine, without TLS, browsers refuse that prefix.
 * `Lax`: a link from Slack opens a page, and no other site's form comes with it.
 */
export function createCookies({ secure }: { secure: boolean }) {
  const named = (name: Name) => `${secure ? '__Host-' : ''}tocsin-${name}`;
  const options = { path: '/', secure, httpOnly: true, sameSite: 'Lax' } as const;
  return {
    get: (c: Context, name: Name) => getCookie(c, named(name)),
    /** `seconds`: how long the browser keeps it; how long it counts is the server's to say. */
    set: (c: Context, name: Name, value: string, seconds: number) =>
      setCookie(c, named(name), value, { ...options, maxAge: seconds }),
    drop: (c: Context, name: Name) => {
      deleteCookie(c, named(name), options);
    },
  };
}
