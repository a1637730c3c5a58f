import { describe, expect, it } from '@jest/globals';
import { importsOf, sourcesIn, withoutComments } from './imports.ts';
import { misuses, privileges, wrongWays } from './layers.ts';

const sources = sourcesIn('src', 'db', 'sandbox');
const program = sources.filter(({ file }) => !file.startsWith('sandbox/'));

describe('the layers of the house', () => {
  it('are all looked at', () => {
    const folders = ['src/incident/', 'src/features/', 'src/slack/', 'src/store/', 'src/outbox/', 'db/', 'sandbox/'];
    expect(folders.filter((folder) => !sources.some(({ file }) => file.startsWith(folder)))).toEqual([]);
    expect(program.length).toBeGreaterThan(90);
    expect(sources.length).toBeGreaterThan(150);
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(500);
  });

  it('import in one direction', () => expect(sources.flatMap(wrongWays)).toEqual([]));

  it('leave the environment and the clock to those who may', () => expect(program.flatMap(misuses)).toEqual([]));

  it('allow nobody what nobody does any more', () => {
    const idle = privileges.flatMap(({ name, what, allowed }) =>
      Object.keys(allowed)
        .filter((file) => !program.some((one) => one.file === file && what.test(withoutComments(one.text))))
        .map((file) => `${file} no longer reads ${name}: take it off the list in tests/house/layers.ts.`),
    );
    expect(idle).toEqual([]);
  });
});

describe('the layering test', () => {
  it.each([
    ['src/incident/decide.ts', "import { openDatabase } from '../../db/database.ts';"],
    ['src/incident/decide.ts', "import { readFileSync } from 'node:fs';"],
    ['src/incident/decide.ts', "import { loadPolicy } from '../policy.ts';"],
    ['src/incident/rules/x.ts', "export { headlineMessage } from '../../features/channel/views.ts';"],
    ['src/store/incidents.ts', "import { section } from '../slack/blocks.ts';"],
    ['src/store/incidents.ts', "import { channel } from '../features/channel/feature.ts';"],
    ['src/slack/router.ts', "import {\n  one,\n  two,\n} from '../features/list/views.ts';"],
    ['src/slack/router.ts', "import { features } from '../features.ts';"],
    ['src/outbox/worker.ts', "import { send } from '../slack/messages.ts';"],
    ['src/features/list/feature.ts', "import { listen } from '../channel/slack.ts';"],
    ['src/integrations/jira/ticket.ts', "import { listen } from '../../features/channel/slack.ts';"],
    ['src/features/list/feature.ts', "const { createApp } = await import('../../app.ts');"],
    ['src/features/list/queries.ts', "import { eq } from 'drizzle-orm';"],
    ['src/features/list/queries.ts', "import type { Ctx } from '../../../db/database.ts';"],
    ['src/desk.ts', "import pg from 'pg';"],
    ['src/app.ts', "import { createSandbox } from '../sandbox/server.ts';"],
    ['sandbox/server.ts', "import { escape } from '../src/slack/blocks.ts';"],
    ['sandbox/methods/chat.ts', "import '../../db/schema.ts';"],
    ['sandbox/persist.ts', "import Database from 'better-sqlite3';"],
    ['sandbox/server.ts', "import { rowsOf } from './ui/shell/rows.ts';"],
    ['sandbox/ui/main.tsx', "import { readFileSync } from 'node:fs';"],
    ['sandbox/ui/state/live.ts', "import { createWorkspace } from '../../workspace.ts';"],
    ['db/open-pg.ts', "import type { Incident } from '../src/incident/incident.ts';"],
  ])('sees that %s must not say: %s', (file, text) => expect(wrongWays({ file, text })).not.toEqual([]));

  it.each([
    ['src/incident/decide.ts', "import type { Policy } from '../policy.ts';\nimport * as z from 'zod';"],
    ['src/incident/decide.ts', "import { minutes } from '../time.ts';\nimport { isOver } from './lifecycle.ts';"],
    [
      'sandbox/ui/state/live.ts',
      "import type { Delta } from '../../wire.ts';\nimport { isObject } from '../../json.ts';",
    ],
    ['src/features/list/views.ts', "import { impactSentence } from '../channel/views.ts';"],
    ['src/features/list/feature.ts', "import { listen } from './slack.ts';"],
    ['src/store/incidents.ts', "import { eq } from 'drizzle-orm';\nimport type { Ctx } from '../../db/database.ts';"],
  ])('lets %s say: %s', (file, text) => expect(wrongWays({ file, text })).toEqual([]));

  it.each([
    ['src/desk.ts', 'const at = new Date();'],
    ['src/outbox/worker.ts', 'const at = Date.now() + 1;'],
    ['src/features/list/feature.ts', 'const name = process.env.NAME;'],
  ])('sees that %s must not say: %s', (file, text) => expect(misuses({ file, text })).toHaveLength(1));

  it('tells the fix', () => {
    expect(misuses({ file: 'src/desk.ts', text: 'new Date()' })).toEqual([
      'src/desk.ts reads the clock. Take `now` as an argument, so that a whole night fits in a test.',
    ]);
  });

  it('does not read comments', () => {
    const text = '/** Like `Date.now()`. */\nconst at = now(); // not new Date()\nconst url = "http://x";';
    expect(misuses({ file: 'src/desk.ts', text })).toEqual([]);
  });
});
