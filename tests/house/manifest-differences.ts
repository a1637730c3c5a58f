/** What manifest.yml and src say differently, each as a sentence that tells the fix. */
import type { Manifest } from './manifest-schema.ts';
import type { Uses } from './manifest-uses.ts';

function compare(what: string, where: string, inSource: Iterable<string>, inManifest: Iterable<string>): string[] {
  const [code, declared] = [new Set(inSource), new Set(inManifest)];
  const undeclared = [...code].filter((name) => !declared.has(name));
  const unused = [...declared].filter((name) => !code.has(name));
  return [
    ...undeclared.map((name) => `src uses the ${what} ${name}: add it to ${where} in manifest.yml.`),
    ...unused.map((name) => `Nothing in src uses the ${what} ${name}: remove it from ${where} in manifest.yml.`),
  ];
}

export function differences({ features, oauth_config: oauth, settings }: Manifest, used: Uses): string[] {
  const { slash_commands: commands = [], shortcuts = [] } = features;
  const declared = shortcuts.map(({ callback_id: id, type }) => `${id} (${type})`);
  const events = settings.event_subscriptions?.bot_events ?? [];
  return [
    ...[...used.unknown].map((name) => `Add ${name} and its scopes to tests/house/manifest-uses.ts.`),
    ...compare(
      'command',
      'features.slash_commands',
      used.commands,
      commands.map(({ command }) => command),
    ),
    ...compare('shortcut', 'features.shortcuts', used.shortcuts, declared),
    ...compare('event', 'settings.event_subscriptions.bot_events', used.events, events),
    ...compare('scope', 'oauth_config.scopes.bot', used.scopes, oauth.scopes.bot),
  ];
}
