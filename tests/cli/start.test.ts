import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-start-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a script as npm does, with a `.env` of our own; resolves with everything it said. */
function npm(script: string, environment: string, variables: Record<string, string> = {}): Promise<string> {
  writeFileSync(join(folder, '.env'), environment);
  const command = (scripts[script] ?? '').replace('=.env', `=${folder}/.env`);
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  return new Promise((resolve) => {
    execFile('sh', ['-c', command], { env: { PATH, ...variables } }, (_, out, err) => resolve(out + err));
  });
}

describe('npm start', () => {
  it.each<[string, RegExp]>([
    ['SLACK_BOT_TOKEN=xoxb-1', /SLACK_APP_TOKEN \(Socket Mode\) or SLACK_SIGNING_SECRET \(HTTP\) should be set/],
    ['SLACK_APP_TOKEN=xapp-1', /SLACK_BOT_TOKEN should be the bot token/],
    ['SLACK_SIGNING_SECRET=s', /SLACK_BOT_TOKEN should be the bot token/],
  ])(
    'with only %s in .env says what is missing, rather than to start the sandbox',
    async (line, sentence) => {
      expect(await npm('start', `${line}\n`)).toMatch(sentence);
    },
    60_000,
  );
});

describe('the commands', () => {
  it('look into .env as npm start does, and what is given outside of it wins', async () => {
    const missing = `DATABASE_URL=file:${folder}/no.db\n`;
    expect(await npm('doctor', 'SLACK_BOT_TOKEN=nonsense\n')).toMatch(/SLACK_BOT_TOKEN should be .*xoxb-/);
    expect(await npm('backup', missing)).toMatch(/There is no database .*no\.db/);
    expect(await npm('backup', missing, { DATABASE_URL: 'postgres://u@127.0.0.1:9/x' })).toMatch(/pg_dump/);
    expect(scripts.restore).toMatch(/^node --env-file-if-exists=\.env /);
  });
});
