/**
 * Slack's app manifest, version 2, as strictly as Slack reads it: https://docs.slack.dev/reference/app-manifest and
 * https://github.com/slackapi/manifest-schema. A key it does not know makes Slack refuse the whole file.
 */
import * as z from 'zod';

const text = (max: number, min = 1) => z.string().min(min).max(max);
const webUrl = (max: number) =>
  z
    .string()
    .regex(/^https?:\/\//)
    .max(max);
const secureUrl = (max: number) =>
  z
    .string()
    .regex(/^https:\/\//)
    .max(max);
const domain = (max: number) =>
  z
    .string()
    .regex(/^(?![.-])[-a-z0-9.]+[a-z0-9]$/)
    .max(max);

const noRepeats = <T extends z.ZodType>(items: z.ZodArray<T>) =>
  items.refine(
    (values) => new Set(values.map((value) => JSON.stringify(value))).size === values.length,
    'repeats itself',
  );

const named = <T extends z.ZodType>(value: T, max: number) =>
  z.record(z.string(), value).refine((all) => Object.keys(all).length <= max, `more than ${max}`);

const AppDirectory = z.strictObject({
  app_directory_categories: z.array(text(255)).max(3).optional(),
  use_direct_install: z.boolean().optional(),
  direct_install_url: webUrl(255).optional(),
  installation_landing_page: webUrl(255),
  privacy_policy_url: webUrl(500),
  support_url: webUrl(350),
  support_email: z.email().max(100),
  supported_languages: z.array(text(50, 0)).min(1).max(50),
  pricing: text(30),
});

const DisplayInformation = z.strictObject({
  name: text(35),
  description: text(140).optional(),
  long_description: text(4000, 175).optional(),
  background_color: z
    .string()
    .regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i)
    .optional(),
});

const prompt = z.strictObject({ title: z.string(), message: z.string() });

const Parameter = z.looseObject({
  type: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  is_required: z.boolean().optional(),
  is_hidden: z.boolean().optional(),
  hint: z.string().optional(),
});

const listedParameters = z.array(Parameter.extend({ name: z.string() })).max(20);

const Features = z.strictObject({
  app_home: z
    .strictObject({
      home_tab_enabled: z.boolean().optional(),
      messages_tab_enabled: z.boolean().optional(),
      messages_tab_read_only_enabled: z.boolean().optional(),
    })
    .optional(),
  bot_user: z.strictObject({ display_name: text(80), always_online: z.boolean().optional() }).optional(),
  shortcuts: z
    .array(
      z.strictObject({
        name: text(24),
        type: z.enum(['message', 'global']),
        callback_id: text(255),
        description: text(150),
      }),
    )
    .min(1)
    .max(10)
    .optional(),
  slash_commands: z
    .array(
      z.strictObject({
        command: text(32, 2).regex(/^\//),
        url: webUrl(3000).optional(),
        description: text(2000),
        usage_hint: text(1000).optional(),
        should_escape: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(50)
    .optional(),
  unfurl_domains: noRepeats(z.array(domain(255)).min(1).max(5)).optional(),
  workflow_steps: z
    .array(z.strictObject({ name: text(50), callback_id: text(50) }))
    .min(1)
    .max(10)
    .optional(),
  functions: z
    .array(
      z.strictObject({
        callback_id: z.string(),
        title: z.string(),
        description: z.string(),
        input_parameters: listedParameters,
        output_parameters: listedParameters,
      }),
    )
    .max(50)
    .optional(),
  assistant_view: z
    .strictObject({ assistant_description: z.string(), suggested_prompts: z.array(prompt).optional() })
    .optional(),
  agent_view: z
    .strictObject({
      agent_description: text(300, 0).optional(),
      suggested_prompts: z.array(prompt).max(4).optional(),
      actions: z.array(z.strictObject({ name: z.string(), description: z.string() })).optional(),
    })
    .optional(),
  code_channels: z
    .strictObject({ enabled: z.boolean().optional(), slash_command_url: webUrl(3000).optional() })
    .optional(),
});

const scopes = z.array(text(50, 0)).max(255).default([]);

const within = (all: string[], some: string[]) => some.every((one) => all.includes(one));

const OAuthConfig = z.strictObject({
  redirect_urls: noRepeats(z.array(text(2500, 0)).max(1000)).optional(),
  scopes: z
    .strictObject({ bot: scopes, user: scopes, bot_optional: scopes, user_optional: scopes })
    // https://docs.slack.dev/authentication/installing-with-oauth#optional-scopes
    .refine(
      ({ bot, user, bot_optional, user_optional }) => within(bot, bot_optional) && within(user, user_optional),
      'an optional scope is listed in bot or user as well, or it is never asked for',
    )
    .default({ bot: [], user: [], bot_optional: [], user_optional: [] }),
  token_management_enabled: z.boolean().optional(),
  pkce_enabled: z.boolean().optional(),
});

const events = noRepeats(z.array(text(50, 0)).max(100)).default([]);

const Settings = z.strictObject({
  event_subscriptions: z
    .strictObject({
      request_url: webUrl(3500).optional(),
      bot_events: events,
      user_events: events,
      metadata_subscriptions: noRepeats(
        z
          .array(z.strictObject({ app_id: z.string(), event_type: text(50, 0) }))
          .min(1)
          .max(20),
      ).optional(),
    })
    .optional(),
  interactivity: z
    .strictObject({
      is_enabled: z.boolean(),
      request_url: webUrl(3500).optional(),
      message_menu_options_url: webUrl(3500).optional(),
    })
    .optional(),
  org_deploy_enabled: z.boolean().optional(),
  socket_mode_enabled: z.boolean().optional(),
  token_rotation_enabled: z.boolean().optional(),
  function_runtime: z.string().optional(),
  allowed_ip_address_ranges: noRepeats(
    z
      .array(z.union([z.ipv4(), z.cidrv4()]))
      .min(1)
      .max(50),
  ).optional(),
  incoming_webhooks: z.strictObject({ incoming_webhooks_enabled: z.boolean().optional() }).optional(),
  is_hosted: z.boolean().optional(),
  siws_links: z.strictObject({ initiate_uri: secureUrl(3500).optional() }).optional(),
  hermes_app_type: z.string().optional(),
  is_mcp_enabled: z.boolean().optional(),
});

const Parameters = z.looseObject({ properties: named(Parameter, 50), required: z.array(z.string()).optional() });

const Function = z.strictObject({
  title: z.string(),
  description: z.string(),
  input_parameters: Parameters,
  output_parameters: Parameters,
});

const McpServer = z.strictObject({
  url: secureUrl(500),
  headers: z.record(z.string(), z.string()).optional(),
  auth_provider_key: text(255, 0).optional(),
  auth_type: z.enum(['dynamic_client_registration', 'no_auth', 'manual_auth', 'slack_identity_auth']),
});

export const Manifest = z.strictObject({
  $schema: z.url().optional(),
  _metadata: z
    .strictObject({
      schema_version: z.int().optional(),
      min_version: z.int().optional(),
      major_version: z.int().optional(),
      minor_version: z.int().optional(),
    })
    .optional(),
  display_information: DisplayInformation,
  app_directory: AppDirectory.optional(),
  features: Features.default({}),
  oauth_config: OAuthConfig.prefault({}),
  settings: Settings.default({}),
  functions: named(Function, 50).optional(),
  mcp_servers: named(McpServer, 20).optional(),
  // Of apps that Slack hosts. Theirs are checked by the Slack CLI; here only how many there may be.
  workflows: named(z.unknown(), 50).optional(),
  datastores: named(z.unknown(), 10).optional(),
  types: named(Parameter, 50).optional(),
  outgoing_domains: noRepeats(z.array(domain(50)).max(10)).optional(),
  external_auth_providers: z.strictObject({ oauth2: z.record(z.string(), z.unknown()).optional() }).optional(),
});
export type Manifest = z.infer<typeof Manifest>;
