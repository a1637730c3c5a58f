import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/incident/incident.ts';
import type { Message } from '../../src/store/messages.ts';
import { beside } from '../support/beside.ts';
import { type Reader, reader, tokenIn } from '../support/reader.ts';
import { story } from '../support/story.ts';

const policyFile = join(mkdtempSync(join(tmpdir(), 'tocsin-policy-')), 'tocsin.yml');
const dev = 'U0000000DEV';
writeFileSync(
  policyFile,
  `${readFileSync('config/tocsin.yml', 'utf8').replace(/^incidentAdmins:.*$/m, '')}\nincidentAdmins: [${dev}]\n`,
);
const { ana, ben, bot, slack, incidents } = story({ policyFile });

/** What must never stand in a page as it stands here. */
const canary = '<img src=x onerror=alert(1)>"\'><script>alert(1)</script>';

async function as(name: string): Promise<Reader> {
  const one = reader(() => bot.url());
  await one.signsIn(name);
  return one;
}

const message = (incident: Incident, number: number, fields: Partial<Message> = {}): Message => ({
  channel: incident.channel?.id ?? '',
  ts: `17100000${String(number).padStart(2, '0')}.000100`,
  incident: incident.id,
  author: ben.id,
  kind: 'said',
  text: `message ${number}`,
  files: [],
  earlier: [],
  ...fields,
});

/** Declared, with its channel, and resolved so that there is a postmortem. */
async function anIncident(title: string, more: Parameters<typeof ana.declares>[1] = {}): Promise<Incident> {
  await ana.declares(title, more);
  await bot.settled();
  const [incident] = await incidents();
  if (!incident) throw new Error('nothing was declared');
  await beside(bot.databaseUrl(), async (_, desk) => {
    const by = { person: ana.id };
    await desk.handle(incident.id, { type: 'addLink', title: canary, url: 'https://example.com/"><script>' }, by);
    await desk.handle(incident.id, { type: 'addTask', text: canary }, by);
    await desk.handle(
      incident.id,
      { type: 'addFollowUp', text: canary, kind: 'prevent', priority: 'high', proof: canary },
      by,
    );
    await desk.handle(incident.id, { type: 'addToTimeline', text: canary }, by);
    await desk.handle(incident.id, { type: 'postUpdate', text: canary }, by);
    await desk.handle(incident.id, { type: 'resolve', impact: { felt: 'no' }, note: canary }, by);
    await desk.handle(incident.id, { type: 'reportPostmortemDrafted' }, by);
  });
  return (await incidents())[0] ?? incident;
}

/** Markup of people's that a browser would obey. */
const unsafe = /<img src=x|<script>alert|<img[^>]*evil\.example|href="javascript:/;

describe('pages', () => {
  let incident: Incident;
  beforeEach(async () => {
    incident = await anIncident(canary, { summary: canary });
  });

  it('show everything people wrote as words and nothing else, under strict headers', async () => {
    await beside(bot.databaseUrl(), (store) =>
      store.transact(async (tx) => {
        const file = { id: 'F1', name: canary, type: 'image/png', link: 'https://example.com/' };
        await tx.messages.keep([
          message(incident, 1, { text: canary, files: [file], earlier: [{ text: canary, until: new Date() }] }),
        ]);
        await tx.images.keep({
          id: 'F1',
          incident: incident.id,
          channel: 'C1',
          ts: '1.1',
          name: canary,
          type: 'image/png',
          bytes: Buffer.from('png'),
        });
        await tx.images.keep({
          id: 'F2',
          incident: incident.id,
          channel: 'C1',
          ts: '1.1',
          name: 'x',
          type: 'text/html',
          bytes: Buffer.from(canary),
        });
      }),
    );
    const reads = await as('ana');
    const draft = {
      token: await reads.token(),
      base: '0',
      text: `${canary} [x](javascript:alert(1)) ![y](https://evil.example/z)`,
    };
    expect(await reads.sends('/incidents/1/postmortem/summary', draft)).toMatchObject({ status: 303 });
    const words = new URLSearchParams({ status: 'all', words: canary });
    for (const path of [
      '',
      `?status=all`,
      `?${words}`,
      '/1',
      '/1/record',
      `/1/record?${words}`,
      '/1/postmortem',
      '/1/postmortem/summary',
    ]) {
      const { status, text, headers } = await reads.goes(`/incidents${path}`);
      expect([path, status, text.match(unsafe)]).toEqual([path, 200, null]);
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self'/,
      );
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
    }
    expect(Object.fromEntries((await reads.goes('/images/F1')).headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
    });
    expect((await reads.goes('/images/F2')).status).toBe(404);
  });

  it('list what is asked for, and give one incident with what was done', async () => {
    const reads = await as('ben');
    expect((await reads.goes('/incidents')).text).toContain('Nothing is going on.');
    expect((await reads.goes('/incidents?status=resolved&severity=sev2')).text).toContain('#1 &lt;img');
    expect((await reads.goes('/incidents?status=resolved&severity=sev4')).text).toContain('none of that kind');
    expect((await reads.goes('/incidents?status=all&words=onerror')).text).toContain('/incidents/1"');
    const { text } = await reads.goes('/incidents/1');
    expect(text).toMatch(/Resolved<\/dt><dd><time datetime="[^"]+">[^<]+<\/time> by Ana Ruiz/);
    expect(text).toContain('Postmortem</a>');
    for (const path of ['/incidents/2', '/incidents/0', '/incidents/x', '/incidents/1/x', '/images/none', '/nowhere'])
      expect([path, (await reads.goes(path)).status]).toEqual([path, 404]);
  });

  it('give what was said by pages, and find words in it', async () => {
    const said = Array.from({ length: 450 }, (_, number) =>
      message(incident, 0, { ts: `${1_710_000_000 + number}.000100`, text: `message ${number}` }),
    );
    await beside(bot.databaseUrl(), (store) => store.transact((tx) => tx.messages.keep(said)));
    const reads = await as('ben');
    const seen: string[] = [];
    for (let path: string | undefined = '/incidents/1/record'; path; ) {
      const { text }: { text: string } = await reads.goes(path);
      seen.push(...[...text.matchAll(/>message (\d+)</g)].map(([, number]) => number ?? ''));
      path = /href="([^"]+after=[^"]+)"/.exec(text)?.[1];
    }
    expect(seen).toEqual(said.map((_, number) => String(number)));
    const found = (await reads.goes('/incidents/1/record?words=message+321')).text;
    expect([...found.matchAll(/>message (\d+)</g)].map(([, number]) => number)).toEqual(['321']);
  });

  it('let two people write one section without losing either text', async () => {
    const [one, other] = [await as('ana'), await as('ben')];
    const path = '/incidents/1/postmortem/summary';
    const send = async (who: Reader, base: string, text: string) =>
      who.sends(path, { token: await who.token(path), base, text });
    expect((await send(one, '0', 'Ana wrote this')).status).toBe(303);
    const clash = await send(other, '0', 'Ben wrote that');
    expect(clash.status).toBe(409);
    expect(clash.text).toMatch(/Ana Ruiz wrote this section while you did/);
    expect(clash.text).toContain('Ana wrote this</pre>');
    expect(clash.text).toMatch(/<textarea[^>]*>\s*Ben wrote that<\/textarea>/);
    const base = /name="base" value="(\d+)"/.exec(clash.text)?.[1] ?? '';
    expect((await other.goes('/incidents/1/postmortem')).text).toContain('Ana wrote this');
    expect((await send(other, base, 'Both')).status).toBe(303);
    expect((await one.goes('/incidents/1/postmortem')).text).toContain('<p dir="auto">Both</p>');

    const preview = await one.sends(`${path}/preview`, { token: await one.token(), text: '**{{number}}** {{title}}' });
    expect(preview.text).toMatch(/^<p dir="auto"><strong>1<\/strong> &lt;img/);
    expect(preview.text).not.toContain('blame');
    const blaming = { token: await one.token(), text: 'We should have tested <b>it</b>.' };
    const pointed = await one.sends(`${path}/preview`, blaming);
    expect(pointed.text).toMatch(/May read as blame[\s\S]*should have tested/);
    const vague = { token: await one.token(), text: '- Be more careful' };
    const weak = await one.sends('/incidents/1/postmortem/follow-ups/preview', vague);
    expect(weak.text).toMatch(/Likelier to be done[\s\S]*Be more careful[\s\S]*People were careful/);

    const token = await one.token();
    expect((await one.sends('/incidents/1/postmortem-state', { token, step: 'publish' })).status).toBe(303);
    expect(await send(other, '2', 'Too late')).toMatchObject({
      status: 409,
      text: expect.stringContaining('Too late'),
    });
    expect((await one.sends('/incidents/1/postmortem-state', { token, step: 'reopen', reason: '' })).status).toBe(409);
    expect(
      (await one.sends('/incidents/1/postmortem-state', { token, step: 'reopen', reason: 'A number is wrong' })).status,
    ).toBe(303);
  });

  it('take nothing that another site sends', async () => {
    const reads = await as('ana');
    const token = await reads.token();
    const path = '/incidents/1/postmortem-state';
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
    ];
    for (const from of elsewhere) expect((await reads.sends(path, { token, step: 'publish' }, from)).status).toBe(403);
    expect((await reads.sends(path, { token: 'guessed', step: 'publish' })).status).toBe(403);
    expect(
      (await reads.sends(path, { token: tokenIn((await (await as('ben')).goes('/incidents')).text), step: 'publish' }))
        .status,
    ).toBe(403);
    expect((await reader(() => bot.url()).sends(path, { step: 'publish' })).status).toBe(401);
    expect((await reads.sends(path, { token, step: 'publish', text: 'x'.repeat(1_100_000) })).status).toBe(413);
    expect((await incidents())[0]?.postmortem?.status).toBe('draft');
  });
});

describe('a private incident', () => {
  it('is not there for who is not in it, whatever they ask for', async () => {
    const incident = await anIncident('Payroll was stolen', { private: true });
    await beside(bot.databaseUrl(), (store) =>
      store.transact(async (tx) => {
        await tx.messages.keep([message(incident, 1, { text: 'payroll' })]);
        await tx.images.keep({
          id: 'F1',
          incident: incident.id,
          channel: 'C1',
          ts: '1.1',
          name: 'a',
          type: 'image/png',
          bytes: Buffer.from('png'),
        });
      }),
    );
    const [own, other] = [await as('ana'), await as('ben')];
    const pages = ['/1', '/1/record', '/1/record?words=payroll', '/1/postmortem', '/1/postmortem/summary'].map(
      (path) => `/incidents${path}`,
    );
    const missing = (await other.goes('/incidents/99')).text;
    const files = ['md', 'html', 'json'].map((format) => `/incidents/1/export/${format}`);
    for (const path of [...pages, '/images/F1', ...files]) {
      expect([path, (await own.goes(path)).status]).toEqual([path, 200]);
      expect([path, await other.goes(path)]).toMatchObject([path, { status: 404, text: missing }]);
    }
    expect((await own.goes('/incidents/1')).text).toContain('/incidents/1/export/pdf');
    expect((await own.goes('/incidents/1/export/md')).text).toMatch(/^# #1 Payroll/);
    expect((await own.goes('/incidents/1/export/exe')).status).toBe(404);
    for (const path of ['/incidents?status=all', '/incidents?status=all&words=payroll'])
      expect((await other.goes(path)).text).not.toMatch(/Payroll|\/incidents\/1"/);
    const token = await other.token();
    for (const path of [
      '/incidents/1/postmortem-state',
      '/incidents/1/postmortem/summary',
      '/incidents/1/postmortem/summary/preview',
    ])
      expect((await other.sends(path, { token, step: 'publish', text: 'mine', base: '0' })).status).toBe(404);
    expect(await slack.violations()).toEqual([]);
  });

  it('is shown to an incident admin, and its people are told', async () => {
    const incident = await anIncident('Payroll was stolen', { private: true });
    const admin = await as('dev');
    for (const path of ['/incidents/1', '/incidents/1/record'])
      expect([path, (await admin.goes(path)).status]).toEqual([path, 200]);
    await bot.settled();
    const seen = await ana.self().sees(incident.channel?.id ?? '');
    expect(seen.filter(({ text }) => text.includes(`<@${dev}> is reading`))).toHaveLength(1);
    expect(bot.log()).toMatch(/an incident admin reads a private incident/);
  });
});
