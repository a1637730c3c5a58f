import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { migrate } from '../../db/migrate.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.ts';
import { checkSpace } from '../../src/cli/doctor/file.ts';
import { checkScopes } from '../../src/cli/doctor/slack.ts';
import { checkPages, doctor } from '../../src/cli/doctor.ts';
import { readConfig } from '../../src/config.ts';
import { openStore } from '../../src/store/store.ts';
import { onSqlite } from '../support/databases.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function aSlack(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  closing.push(() => sandbox[Symbol.asyncDispose]());
  return sandbox;
}

/** A policy that announces where the sandbox has the bot on the first day. */
function aPolicy(updatesChannel: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-policy-'));
  closing.push(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'tocsin.yml');
  const severity = '{ name: SEV, meaning: x }';
  const each = (value: string) => `{ sev1: ${value}, sev2: ${value}, sev3: ${value}, sev4: ${value} }`;
  writeFileSync(
    file,
    `updatesChannel: "${updatesChannel}"\nseverities: ${each(severity)}\ncadence: ${each('{}')}\nroles: {}\n`,
  );
  return file;
}

async function examined(environment: Record<string, string>, args: string[] = []) {
  const said: string[] = [];
  const code = await doctor(args, (line) => said.push(line), environment);
  const text = said.join('\n');
  return { code, text, problems: said.filter((line) => line.startsWith('problem')) };
}

const given = (sandbox: Sandbox) => ({
  SLACK_BOT_TOKEN: sandbox.botToken,
  SLACK_APP_TOKEN: sandbox.appToken,
  SLACK_API_URL: sandbox.apiUrl,
  SLACK_CLIENT_ID: sandbox.clientId,
  SLACK_CLIENT_SECRET: sandbox.clientSecret,
  DATABASE_URL: 'file:/nowhere/tocsin.db',
  POLICY_FILE: aPolicy('#incidents'),
  PORT: '1',
});

describe('the doctor', () => {
  it('finds nothing in the way of a bot that is set up', async () => {
    const { code, text } = await examined(given(await aSlack()));
    expect(text).not.toMatch(/^(problem|warning)/m);
    expect(text).toMatch(/^ok +The bot is @tocsin in /m);
    expect(text).toMatch(/^ok +The clock agrees/m);
    expect(text).toMatch(/^ok +The app has every scope/m);
    expect(text).toMatch(/^ok +Socket Mode works/m);
    expect(text).toMatch(/^ok +The bot is in the updates channel #incidents/m);
    expect(text).toMatch(/Nothing is in the way/);
    expect(code).toBe(0);
  });

  it('says everything that is wrong with the environment, and goes no further', async () => {
    const { code, problems, text } = await examined({ SLACK_BOT_TOKEN: 'xoxp-canary', PORT: 'x' });
    expect(problems.map((line) => line.split(/\s+/)[1])).toEqual(['SLACK_BOT_TOKEN', 'PORT', 'SLACK_APP_TOKEN']);
    expect(text).not.toContain('canary');
    expect(code).toBe(1);
  });

  it.each([
    ['a bot token', { SLACK_BOT_TOKEN: 'xoxb-canary-1' }, /refuses the bot token: invalid_auth/, /SLACK_BOT_TOKEN/],
    [
      'an app token',
      { SLACK_APP_TOKEN: 'xapp-canary-2' },
      /no Socket Mode connection: invalid_auth/,
      /connections:write/,
    ],
    ['a policy', { POLICY_FILE: 'package.json' }, /package\.json:\d+: /, /schema/],
    ['a database', { DATABASE_URL: 'file:package.json' }, /database .* cannot be used/, /DATABASE_URL/],
    ['a Slack', { SLACK_API_URL: 'http://127.0.0.1:9/api/' }, /does not answer/, /SLACK_API_URL/],
  ])('says what to do about %s that does not work', async (_, wrong, says, fix) => {
    const { code, problems, text } = await examined({ ...given(await aSlack()), ...wrong });
    expect(problems).toEqual([expect.stringMatching(says)]);
    expect(problems[0]).toMatch(fix);
    expect(text).not.toContain('canary');
    expect(code).toBe(1);
  });

  it('says the line of a template that cannot be used, or of a policy that names none', async () => {
    const policy = aPolicy('#incidents');
    const folder = dirname(policy);
    writeFileSync(join(folder, 'postmortem.md'), '## One\n{{#timeline}}\n');
    const first = await examined({ ...given(await aSlack()), POLICY_FILE: policy });
    expect(first.problems).toEqual([
      expect.stringMatching(/postmortem\.md:2: the block \{\{#timeline\}\} is not closed[\s\S]*docs\/postmortems/),
    ]);
    writeFileSync(policy, `${readFileSync(policy, 'utf8')}postmortem: { template: nowhere.md }\n`);
    const second = await examined({ ...given(await aSlack()), POLICY_FILE: policy });
    expect(second.problems[0]).toMatch(/nowhere\.md: there is no such file; postmortem\.template in /);
  });

  it('says how to announce when the bot is not in the updates channel', async () => {
    const { problems } = await examined({ ...given(await aSlack()), POLICY_FILE: aPolicy('#elsewhere') });
    expect(problems).toEqual([expect.stringMatching(/not in the updates channel #elsewhere.+\s.*\/invite @tocsin/)]);
  });

  it('warns when HTTP is meant and nobody knows where', async () => {
    const { SLACK_APP_TOKEN: _, ...rest } = given(await aSlack());
    const { code, text } = await examined({ ...rest, SLACK_SIGNING_SECRET: 'x' });
    expect(text).toMatch(/^warning +.*PUBLIC_URL/m);
    expect(code).toBe(0);
  });

  it('sees a clock that Slack would not believe', async () => {
    const server = createServer((_, response) => {
      response.sendDate = false;
      response.setHeader('date', new Date(Date.now() - 600_000).toUTCString());
      response.end(JSON.stringify({ ok: false, error: 'invalid_auth' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
    const { problems } = await examined({ ...given(await aSlack()), SLACK_API_URL: apiUrl });
    expect(problems[0]).toMatch(/clock is (599|600|601) s ahead of Slack's/);
  });

  it('says what is missing until people can sign in with Slack', () => {
    const base = readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    const publicUrl = 'https://tocsin.example.com';
    const signIn = { clientId: '1.2', clientSecret: base.slack.botToken };
    expect(checkPages(base)).toMatchObject([{ level: 'warning', says: expect.stringMatching(/^PUBLIC_URL/) }]);
    expect(checkPages({ ...base, publicUrl })).toMatchObject([
      { level: 'warning', says: expect.stringMatching(/CLIENT_ID/) },
    ]);
    const says = expect.stringContaining('https://tocsin.example.com/sign-in/slack/callback');
    expect(checkPages({ ...base, publicUrl, signIn })).toMatchObject([{ level: 'ok', says }]);
  });

  it('tells what it is for', async () => {
    expect(await examined({}, ['--help'])).toMatchObject({ code: 0, text: expect.stringMatching(/npm run doctor/) });
  });
});

it.each([
  [99, 'problem'],
  [100, 'warning'],
  [1_023, 'warning'],
  [1_024, 'ok'],
])('a disk with %d MB left is: %s', (free, level) => {
  expect(checkSpace(free)).toMatchObject([{ level, says: `The disk of the database has ${free} MB left.` }]);
});

describe('scopes', () => {
  it('are a problem when one is needed, a warning when one is optional or too many', () => {
    expect(checkScopes(['commands', 'chat:write', 'admin'])).toMatchObject([
      { level: 'problem', says: expect.stringContaining('channels:manage') },
      { level: 'warning', says: expect.stringContaining('pins:write') },
      { level: 'warning', says: expect.stringContaining('admin') },
    ]);
  });
});

onSqlite('a database under examination', (fresh) => {
  it('is left as it is while a bot uses it, and has to be of the same workspace', async () => {
    const url = await fresh.url();
    const database = await fresh.database(url);
    await migrate(database);
    const store = openStore(database);
    const sandbox = await aSlack();
    expect((await examined({ ...given(sandbox), DATABASE_URL: url })).text).toMatch(/^ok +The database .* opens/m);
    expect((await examined({ ...given(sandbox), DATABASE_URL: url })).text).toMatch(/^ok +A bot holds it/m);

    const stamp = { team: 'TOTHER', url: 'https://other.slack.com/', botUser: 'U1', bot: 'B1' };
    await store.transact((tx) => tx.meta.set('slack', JSON.stringify(stamp)));
    const { problems } = await examined({ ...given(sandbox), DATABASE_URL: url });
    expect(problems).toEqual([expect.stringMatching(/another workspace: https:\/\/other\.slack\.com/)]);
  });

  it("is known to be nobody's when no bot uses it", async () => {
    const url = await fresh.url();
    const database = await fresh.database(url);
    await migrate(database);
    await database.close();
    const { text } = await examined({ ...given(await aSlack()), DATABASE_URL: url });
    expect(text).toMatch(/^ok +No bot holds it/m);
  });

  it('that is empty is filled by the first start', async () => {
    const url = await fresh.url();
    await fresh.database(url);
    const { code, text } = await examined({ ...given(await aSlack()), DATABASE_URL: url });
    expect([code, text]).toEqual([0, expect.stringMatching(/first start fills it/)]);
  });
});
