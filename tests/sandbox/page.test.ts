import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { open } from './open.ts';

/** A page as small as can be, beside something that nobody may read. */
function aPage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-page-'));
  const page = join(folder, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Sandbox</title>');
  writeFileSync(join(page, 'assets', 'main-ABC.js'), 'export {};');
  writeFileSync(join(page, 'secret.env'), 'TOKEN=1');
  writeFileSync(join(folder, 'outside.json'), '{}');
  return page;
}

/** fetch tidies paths and sets its own Host. */
const rawStatus = (url: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<number>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe('the page', () => {
  it('is served with a policy that lets nothing in from elsewhere', async () => {
    await using world = await open({ page: aPage() });
    const response = await fetch(world.sandbox.url);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toContain('<title>Sandbox</title>');
  });

  it('is kept by the browser where its name says what is in it, and asked about elsewhere', async () => {
    await using world = await open({ page: aPage() });
    const script = await fetch(`${world.sandbox.url}/assets/main-ABC.js`);
    expect(script.headers.get('cache-control')).toContain('immutable');
    const index = await fetch(world.sandbox.url);
    expect(index.headers.get('cache-control')).toBe('no-cache');
    const etag = index.headers.get('etag') ?? '';
    const again = await fetch(world.sandbox.url, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  it('gives no file that is not of the page', async () => {
    await using world = await open({ page: aPage() });
    const { url } = world.sandbox;
    for (const path of ['/secret.env', '/../outside.json', '/assets/../../outside.json', '/%2e%2e/outside.json'])
      expect(await rawStatus(url, path)).toBe(404);
  });

  it('is refused to another name and to another origin', async () => {
    await using world = await open({ page: aPage() });
    const { url } = world.sandbox;
    expect(await rawStatus(url, '/', { host: 'evil.example' })).toBe(403);
    expect(await rawStatus(url, '/', { origin: 'http://evil.example' })).toBe(403);
    expect(await rawStatus(url, '/')).toBe(200);
  });

  it('opens where a permalink leads', async () => {
    await using world = await open({ page: aPage() });
    const { channel, ts } = await world.client.as('ana').say('here', { channel: 'incidents' });
    const { permalink = '' } = await world.slack.chat.getPermalink({ channel, message_ts: ts });
    const response = await fetch(permalink, { redirect: 'manual' });
    expect(response.headers.get('location')).toBe(`/#/archives/${channel}/p${ts.replace('.', '')}`);
  });

  it('says how it comes to be, where it was not built', async () => {
    await using world = await open({ page: '/none' });
    expect(await (await fetch(world.sandbox.url)).text()).toContain('npm run build');
  });
});
