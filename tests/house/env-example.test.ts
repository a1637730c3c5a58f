import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readConfig, variables } from '../../src/config.ts';

const lines = readFileSync('.env.example', 'utf8').split('\n');
const named = lines
  .flatMap((line) => /^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? [])
  .filter((_, at) => at % 3 === 1);

describe('.env.example', () => {
  it('names every variable of src/config.ts, and no other', () => {
    const fix = 'Add the variable to .env.example with a sentence, or take it out of there.';
    expect({ fix, variables: named.toSorted() }).toEqual({ fix, variables: variables.toSorted() });
  });

  it('has a sentence above every variable', () => {
    for (const name of named.filter((one) => one !== 'PORT')) {
      const at = lines.findIndex((line) => line.replace('# ', '').startsWith(`${name}=`));
      expect(`${name}: ${lines[at - 1]}`).toMatch(/: # .+\.$/);
    }
  });

  it('starts a bot when only the tokens are filled in', () => {
    const given = Object.fromEntries(
      lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    const config = readConfig({ ...given, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    expect(config).toEqual(expect.objectContaining(defaults));
    expect(readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' })).toMatchObject(defaults);
  });
});

const defaults = {
  databaseUrl: 'file:data/tocsin.db',
  host: '127.0.0.1',
  port: 3000,
  publicUrl: undefined,
  policyFile: 'config/tocsin.yml',
  logLevel: 'info',
  clockUrl: undefined,
};
