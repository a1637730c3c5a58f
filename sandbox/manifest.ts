/** What the app's manifest grants: scopes, subscribed events, commands. Without one, everything. */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const Manifest = z.object({
  features: z
    .object({
      slash_commands: z.array(z.object({ command: z.string(), should_escape: z.boolean().default(false) })).default([]),
    })
    .optional(),
  oauth_config: z
    .object({
      scopes: z.object({ bot: z.array(z.string()).default([]), bot_optional: z.array(z.string()).default([]) }),
    })
    .optional(),
  settings: z
    .object({ event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).optional() })
    .optional(),
});

export type AppSettings = {
  scopes: Set<string>;
  /** all when undefined */
  events: Set<string> | undefined;
  commands: Map<string, { escapes: boolean }> | undefined;
  requestUrl: string | undefined;
  signingSecret: string;
};

export const everyScope = (
  'app_mentions:read bookmarks:read bookmarks:write channels:history channels:join channels:manage channels:read ' +
  'channels:write.invites channels:write.topic chat:write chat:write.public commands files:read files:write ' +
  'groups:history groups:read groups:write im:history im:read im:write mpim:history mpim:read mpim:write ' +
  'pins:read pins:write reactions:read reactions:write team:read usergroups:read users:read users:read.email'
).split(' ');

export function readManifest(path: string, signingSecret: string): AppSettings {
  const settings = { scopes: new Set(everyScope), events: undefined, commands: undefined, requestUrl: undefined };
  if (!existsSync(path)) return { ...settings, signingSecret };
  const { features, oauth_config: oauth, settings: rest } = Manifest.parse(parse(readFileSync(path, 'utf8')));
  const granted = oauth ? [...oauth.scopes.bot, ...oauth.scopes.bot_optional] : everyScope;
  const events = rest?.event_subscriptions?.bot_events;
  const commands = features?.slash_commands.map(
    ({ command, should_escape }) => [command, { escapes: should_escape }] as const,
  );
  return {
    scopes: new Set(granted),
    events: events && new Set(events),
    commands: commands && new Map(commands),
    requestUrl: undefined,
    signingSecret,
  };
}
