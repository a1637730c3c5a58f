/** Somebody with a browser: keeps cookies, follows redirects, sends forms as a page would. */
import { userIdOf } from '../../sandbox/wire.ts';

export interface Answer {
  status: number;
  /** Where it came from in the end. */
  url: string;
  text: string;
  headers: Headers;
}

export type Reader = ReturnType<typeof reader>;

export function reader(origin: () => string) {
  const cookies = new Map<string, string>();

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, origin());
    const own = url.origin === origin();
    const sent = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(own && sent && { cookie: sent }), ...(init.headers as Record<string, string>) };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    if (own) for (const line of answer.headers.getSetCookie()) keep(line);
    return answer;
  }

  function keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }

  /** Follows wherever it leads. `until`: stops before that. */
  async function goes(path: string, until?: RegExp): Promise<Answer> {
    let url = new URL(path, origin()).href;
    for (let hops = 0; hops < 10; hops++) {
      const answer = await ask(url);
      const location = answer.headers.get('location');
      if (!location) return { status: answer.status, url, text: await answer.text(), headers: answer.headers };
      url = new URL(location, url).href;
      if (until?.test(url)) return { status: answer.status, url, text: '', headers: answer.headers };
    }
    throw new Error(`${path} leads round in circles`);
  }

  async function sends(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    const body = new URLSearchParams(fields);
    const answer = await ask(path, { method: 'POST', body, headers: { origin: origin(), ...headers } });
    return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
  }

  return {
    cookies,
    goes,
    sends,
    /** The token in the forms of a page. */
    token: async (path = '/incidents') => tokenIn((await goes(path)).text),
    /** To the page where Slack asks who one is, and back from it with the click of that person. */
    async signsIn(name: string, to = '/incidents'): Promise<Answer> {
      const asked = await goes(`/sign-in/slack?${new URLSearchParams({ to })}`, /\/openid\/connect\/authorize/);
      return goes(`${asked.url}&as=${name}`);
    },
    id: userIdOf,
  };
}

export const tokenIn = (text: string): string => /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
