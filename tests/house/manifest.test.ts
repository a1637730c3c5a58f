import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { features } from '../../src/features.ts';
import { Manifest } from './manifest-schema.ts';
import { readSource, type Uses, usesOf } from './manifest-uses.ts';

const given: unknown = parse(readFileSync('manifest.yml', 'utf8'));
const checked = Manifest.safeParse(given);
if (!checked.success) throw new Error(`Slack would refuse manifest.yml.\n${z.prettifyError(checked.error)}`);
const manifest = checked.data;
const { slash_commands: commands = [], shortcuts = [] } = manifest.features;
const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
const { settings } = manifest;

const used = usesOf(readSource('src'), readFileSync('src/slack/router.ts', 'utf8'));

/** What is on one side and not on the other, each as a sentence that tells the fix. */
function differences(what: string, where: string, inSource: Iterable<string>, inManifest: Iterable<string>): string[] {
  const [code, declared] = [new Set(inSource), new Set(inManifest)];
  const undeclared = [...code].filter((name) => !declared.has(name));
  const unused = [...declared].filter((name) => !code.has(name));
  return [
    ...undeclared.map((name) => `src uses the ${what} ${name}: add it to ${where} in manifest.yml.`),
    ...unused.map((name) => `Nothing in src uses the ${what} ${name}: remove it from ${where} in manifest.yml.`),
  ];
}

describe('the manifest', () => {
  it('knows every method and event that src uses', () => {
    const sentences = [...used.unknown].map((name) => `Add ${name} and its scopes to tests/house/manifest-uses.ts.`);
    expect(sentences).toEqual([]);
  });

  it('declares the slash commands that the router listens to', () => {
    const declared = commands.map(({ command }) => command);
    expect(differences('command', 'features.slash_commands', used.commands, declared)).toEqual([]);
  });

  it('declares the shortcuts that somebody listens to', () => {
    const declared = shortcuts.map((shortcut) => shortcut.callback_id);
    expect(differences('shortcut', 'features.shortcuts', used.shortcuts, declared)).toEqual([]);
  });

  it('subscribes to the events that somebody listens to', () => {
    const declared = settings.event_subscriptions?.bot_events ?? [];
    expect(differences('event', 'settings.event_subscriptions.bot_events', used.events, declared)).toEqual([]);
  });

  it('asks for the scopes that methods, events and commands need, and no other', () => {
    expect(differences('scope', 'oauth_config.scopes', used.scopes, [...bot, ...optional])).toEqual([]);
  });

  it('leaves the choice over private channels, pins and bookmarks, and over nothing else', () => {
    expect(optional.filter((scope) => !/^(groups|pins|bookmarks):/.test(scope))).toEqual([]);
    expect(bot.filter((scope) => /^(groups|pins|bookmarks):/.test(scope))).toEqual([]);
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
    expect(uses(source)).toMatchObject({ events: new Set(['app_mention']), shortcuts: new Set(['declare']) });
  });

  it('are messages, of direct conversations only where we open some', () => {
    const source = "type: z.literal('message')";
    expect([...uses(source).events]).toEqual(['message.channels', 'message.groups']);
    expect([...uses(`${source}; 'conversations.open'`).events]).toContain('message.im');
  });

  it('are methods that nobody told the scopes of', () => {
    expect([...uses("slack.call('users.setPresence', {})").unknown]).toEqual(['users.setPresence']);
  });
});
