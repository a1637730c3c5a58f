import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { connect, open } from './open.ts';

const manifest = join(mkdtempSync(join(tmpdir(), 'manifest-')), 'manifest.yml');
writeFileSync(
  manifest,
  `
features:
  slash_commands:
    - { command: /incident, description: Declare, should_escape: true }
oauth_config:
  scopes: { bot: [commands, chat:write, 'channels:history'] }
settings:
  event_subscriptions: { bot_events: [message.channels, app_mention] }
`,
);

it('grants, subscribes and knows the commands that the manifest lists, and nothing else', async () => {
  await using opened = await open({ manifest });
  const { client, slack, sandbox } = opened;
  await using line = await connect(sandbox);
  const ana = client.as('ana');
  const said = await ana.say('@tocsin look', { channel: 'incidents' });
  await ana.react('eyes', said);
  await ana.command('/incident @ben in #general', { channel: 'incidents' });
  expect(await ana.command('/other', { channel: 'incidents' })).toMatchObject({ error: 'unknown_command' });
  await client.quiet();
  const types = line.received.flatMap(({ payload }) => (payload?.event ? [payload.event.type] : []));
  expect(types).toEqual(['message', 'app_mention']);
  const asked = line.received.find(({ type }) => type === 'slash_commands');
  const general = (await client.channel('general'))?.id;
  expect(asked?.payload.text).toBe(`<@${client.as('ben').id}|ben> in <#${general}|general>`);
  const missing = slack.users.list({}).catch((error: { data: unknown }) => error.data);
  expect(await missing).toMatchObject({
    error: 'missing_scope',
    needed: 'users:read',
    provided: 'commands,chat:write,channels:history',
  });
});
