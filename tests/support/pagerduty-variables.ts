import type { PagerDutyAccess } from '../../sandbox/server.ts';

/** The environment that lets a bot page through a sandbox's PagerDuty. */
export const pagerDutyVariables = (access: PagerDutyAccess): Record<string, string> => ({
  PAGERDUTY_TOKEN: access.token,
  PAGERDUTY_FROM: access.from,
  PAGERDUTY_ROUTING_KEY: access.routingKey,
  PAGERDUTY_API_URL: access.apiUrl,
  PAGERDUTY_EVENTS_URL: access.eventsUrl,
  PAGERDUTY_WEBHOOK_SECRET: access.webhookSecret,
});
