import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';
import { features } from '../../src/features.ts';
import { differences } from './manifest-differences.ts';
import { Manifest } from './manifest-schema.ts';
import { readSource, type Uses, usesOf } from './manifest-uses.ts';

const given: unknown = parse(readFileSync('manifest.yml', 'utf8'));
const checked = Manifest.safeParse(given);
if (!checked.success) throw new Error(`Slack would refuse manifest.yml.\n${z.prettifyError(checked.error)}`);
const manifest = checked.data;
const { slash_commands: commands = [] } = manifest.features;
const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
const { settings } = manifest;

const used = usesOf(readSource('src'), readFileSync('src/slack/router.ts', 'utf8'));

describe('the manifest', () => {
  it('declares the commands, shortcuts, events and scopes that src uses, and nothing else', () => {
    expect(differences(manifest, used)).toEqual([]);
  });

  it('leaves the choice over private channels, pins, bookmarks, files, canvases and e-mails, and over nothing else', () => {
    expect(bot.filter((scope) => /^(groups|pins|bookmarks|files|canvases):|^users:read.email$/.test(scope))).toEqual(
      optional,
    );
  });

  it('has people and channels escaped in commands, as the bot reads ids and not names', () => {
    expect(commands.map(({ should_escape: escaped }) => escaped)).toEqual(commands.map(() => true));
  });

  it('hints at sub-commands that exist', () => {
    const known = new Set(features.flatMap(({ subcommands = [] }) => subcommands.map(({ name }) => name)));
    const hinted = commands.flatMap(({ usage_hint: hint = '' }) => hint.match(/(?<=\| )[\w-]+/g) ?? []);
    expect(hinted.length).toBeGreaterThan(0);
    expect(hinted.filter((word) => !known.has(word))).toEqual([]);
  });

  it('needs no address of ours, since it is delivered over Socket Mode', () => {
    expect(settings).toMatchObject({
      socket_mode_enabled: true,
      org_deploy_enabled: false,
      token_rotation_enabled: false,
      interactivity: { is_enabled: true },
    });
    expect(JSON.stringify(given)).not.toMatch(/request_url|"url"/);
  });
});

describe('a manifest that is changed alone', () => {
  const changed = (change: (copy: Manifest) => void): string[] => {
    const copy = structuredClone(manifest);
    change(copy);
    return differences(copy, used);
  };
  const { features: have, oauth_config: oauth, settings: set } = manifest;

  it.each<[string, (copy: Manifest) => void, string]>([
    [
      'a command too few',
      ({ features: of }) => (of.slash_commands = have.slash_commands?.filter(({ command }) => command !== '/inc')),
      'src uses the command /inc: add it to features.slash_commands in manifest.yml.',
    ],
    [
      'a command too many',
      ({ features: of }) => of.slash_commands?.push({ command: '/page', description: 'Page somebody' }),
      'Nothing in src uses the command /page: remove it from features.slash_commands in manifest.yml.',
    ],
    [
      'a shortcut too few',
      ({ features: of }) =>
        (of.shortcuts = have.shortcuts?.filter(({ callback_id: id }) => id !== 'declare-from-message')),
      'src uses the shortcut declare-from-message (message): add it to features.shortcuts in manifest.yml.',
    ],
    [
      'an event too few',
      ({ settings: of }) =>
        (of.event_subscriptions = {
          bot_events: withoutOne('message.groups', set.event_subscriptions?.bot_events),
          user_events: [],
        }),
      'src uses the event message.groups: add it to settings.event_subscriptions.bot_events in manifest.yml.',
    ],
    [
      'an event too many',
      ({ settings: of }) => of.event_subscriptions?.bot_events.push('app_mention'),
      'Nothing in src uses the event app_mention: remove it from settings.event_subscriptions.bot_events in manifest.yml.',
    ],
    [
      'a scope too few',
      ({ oauth_config: of }) => (of.scopes.bot = withoutOne('chat:write', oauth.scopes.bot)),
      'src uses the scope chat:write: add it to oauth_config.scopes.bot in manifest.yml.',
    ],
    [
      'a scope too many',
      ({ oauth_config: of }) => of.scopes.bot.push('team:read'),
      'Nothing in src uses the scope team:read: remove it from oauth_config.scopes.bot in manifest.yml.',
    ],
  ])('is told of %s', (_, change, sentence) => {
    expect(changed(change)).toEqual([sentence]);
  });

  it('is told of a shortcut of the other type', () => {
    const turned = changed(({ features: of }) => {
      of.shortcuts = have.shortcuts?.map((one) => (one.callback_id === 'declare' ? { ...one, type: 'message' } : one));
    });
    expect(turned).toEqual([
      'src uses the shortcut declare (global): add it to features.shortcuts in manifest.yml.',
      'Nothing in src uses the shortcut declare (message): remove it from features.shortcuts in manifest.yml.',
    ]);
  });
});

function withoutOne(name: string, names: string[] = []): string[] {
  return names.filter((one) => one !== name);
}

describe('the schema of manifests', () => {
  const base = { display_information: { name: 'Tocsin' } };
  const command = { command: '/incident', description: 'Declare' };
  const shortcut = { name: 'Declare', type: 'global', callback_id: 'declare', description: 'Declare' };

  it('needs no more than a name', () => {
    expect(Manifest.safeParse(base).success).toBe(true);
  });

  it.each([
    ['no name', { display_information: {} }],
    ['a name of 36 characters', { display_information: { name: 'x'.repeat(36) } }],
    ['a description of 141', { display_information: { name: 'Tocsin', description: 'x'.repeat(141) } }],
    ['a long description of 174', { display_information: { name: 'Tocsin', long_description: 'x'.repeat(174) } }],
    ['a named color', { display_information: { name: 'Tocsin', background_color: 'red' } }],
    ['an unknown key', { ...base, icon: 'bell' }],
    ['an unknown feature', { ...base, features: { rich_previews: { is_active: true } } }],
    ['a command without a slash', { ...base, features: { slash_commands: [{ ...command, command: 'incident' }] } }],
    [
      'a command of 33 characters',
      { ...base, features: { slash_commands: [{ ...command, command: `/${'x'.repeat(32)}` }] } },
    ],
    ['no command in the list', { ...base, features: { slash_commands: [] } }],
    ['a shortcut of 25 characters', { ...base, features: { shortcuts: [{ ...shortcut, name: 'x'.repeat(25) }] } }],
    ['a shortcut of another kind', { ...base, features: { shortcuts: [{ ...shortcut, type: 'file' }] } }],
    ['eleven shortcuts', { ...base, features: { shortcuts: Array.from({ length: 11 }, () => shortcut) } }],
    ['an event twice', { ...base, settings: { event_subscriptions: { bot_events: ['app_mention', 'app_mention'] } } }],
    ['a scope that is optional alone', { ...base, oauth_config: { scopes: { bot_optional: ['pins:write'] } } }],
    ['interactivity that is neither on nor off', { ...base, settings: { interactivity: {} } }],
    ['an address without a scheme', { ...base, settings: { event_subscriptions: { request_url: 'example.com' } } }],
  ])('refuses %s', (_, wrong) => {
    expect(Manifest.safeParse(wrong).success).toBe(false);
  });
});

describe('what is read off the source', () => {
  const uses = (source: string): Uses => usesOf(source, "const commands = ['/incident'];");

  it('are methods, however they are called', () => {
    const source = "slack.call('users.info', {}); gate: 'pins.add'; client.bookmarks.list({}); define('channel.pin')";
    expect([...uses(source).scopes].sort()).toEqual(['bookmarks:read', 'commands', 'pins:write', 'users:read']);
  });

  it('are events and shortcuts', () => {
    const source = "onEvent(app, 'app_mention', f); onShortcut(\n  app,\n  'declare', inside, f)";
    expect(uses(source)).toMatchObject({ events: new Set(['app_mention']), shortcuts: new Set(['declare (global)']) });
  });

  it.each([
    ['one that takes the call', "onShortcut(app, 'a', inside, (call) => open(call))", 'a (global)'],
    [
      'one that takes a message',
      "onShortcut(app, 'a', inside, async (call, message) => open(call, message))",
      'a (message)',
    ],
    [
      'over several lines',
      "onShortcut(\n  app,\n  'a',\n  inside,\n  (call, message) =>\n    open(call))",
      'a (message)',
    ],
  ])('are shortcuts with their type: %s', (_, source, shortcut) => {
    expect(uses(source).shortcuts).toEqual(new Set([shortcut]));
  });

  it('are messages, of direct conversations only where we open some', () => {
    const source = "type: z.literal('message')";
    expect([...uses(source).events]).toEqual(['message.channels', 'message.groups']);
    expect([...uses(`${source}; 'conversations.open'`).events]).toContain('message.im');
  });

  it('are methods that nobody told the scopes of', () => {
    expect([...uses("slack.call('users.setPresence', {})").unknown]).toEqual(['users.setPresence']);
    expect([...uses("slack.call(\n  'canvases.create', {})").unknown]).toEqual(['canvases.create']);
  });
});
