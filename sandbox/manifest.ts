/** What the app's manifest grants: scopes, subscribed events, commands. Without one, everything. */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { bot } from './people.ts';
import type { AppFace } from './wire.ts';

const words = z.string().default('');

const Manifest = z.object({
  display_information: z
    .object({ name: z.string(), description: words, long_description: words, background_color: words })
    .optional(),
  features: z
    .object({
      app_home: z
        .object({
          home_tab_enabled: z.boolean().default(false),
          messages_tab_enabled: z.boolean().default(false),
          messages_tab_read_only_enabled: z.boolean().default(true),
        })
        .prefault({}),
      shortcuts: z
        .array(
          z.object({
            name: z.string(),
            type: z.enum(['global', 'message']),
            callback_id: z.string(),
            description: words,
          }),
        )
        .default([]),
      slash_commands: z
        .array(
          z.object({
            command: z.string(),
            description: words,
            usage_hint: words,
            should_escape: z.boolean().default(false),
          }),
        )
        .default([]),
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
  face: AppFace;
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

/** Without a manifest nothing is off. */
const plainFace: AppFace = {
  name: bot.name,
  about: '',
  color: '',
  commands: [],
  shortcuts: [],
  homeTab: true,
  messagesTab: true,
  messagesReadOnly: false,
};

function faceOf({ display_information: display, features }: z.infer<typeof Manifest>): AppFace {
  const { app_home: home, shortcuts = [], slash_commands = [] } = features ?? {};
  return {
    name: display?.name ?? bot.name,
    about: display?.long_description || display?.description || '',
    color: display?.background_color ?? '',
    commands: slash_commands.map(({ command, description, usage_hint: hint }) => ({ command, description, hint })),
    shortcuts: shortcuts.map(({ name, type, callback_id, description }) => ({
      name,
      kind: type,
      callbackId: callback_id,
      description,
    })),
    homeTab: home?.home_tab_enabled ?? false,
    messagesTab: home?.messages_tab_enabled ?? false,
    messagesReadOnly: home?.messages_tab_read_only_enabled ?? true,
  };
}

export function readManifest(path: string, signingSecret: string): AppSettings {
  const settings = { scopes: new Set(everyScope), events: undefined, commands: undefined, requestUrl: undefined };
  if (!existsSync(path)) return { ...settings, face: plainFace, signingSecret };
  const manifest = Manifest.parse(parse(readFileSync(path, 'utf8')));
  const { features, oauth_config: oauth, settings: rest } = manifest;
  const granted = oauth ? [...oauth.scopes.bot, ...oauth.scopes.bot_optional] : everyScope;
  const events = rest?.event_subscriptions?.bot_events;
  const commands = features?.slash_commands.map(
    ({ command, should_escape }) => [command, { escapes: should_escape }] as const,
  );
  return {
    face: faceOf(manifest),
    scopes: new Set(granted),
    events: events && new Set(events),
    commands: commands && new Map(commands),
    requestUrl: undefined,
    signingSecret,
  };
}
