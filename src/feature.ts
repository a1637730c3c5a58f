import type { App } from '@slack/bolt';
import type { IncidentEvent } from './incident/events.ts';
import type { Incident } from './incident/incident.ts';
import type { Effect, EffectKind } from './outbox/effect.ts';
import type { Policy } from './policy.ts';
import type { Inside } from './slack/inside.ts';
import type { Outside } from './slack/outside.ts';
import type { HeededWish } from './slack/reactions.ts';
import type { Subcommand } from './slack/subcommand.ts';
import type { TrayItem } from './slack/tray-item.ts';
import type { Tx } from './store/store.ts';
import type { PageRoutes, Pages } from './web/pages.ts';
import type { WebhookRoutes, Webhooks } from './web/webhooks.ts';

/** What an event of an incident sets in motion outside. Pure: `incident` is as it stands after it, `by` is who did it. */
export type Reactions = {
  [Type in IncidentEvent['type']]?: (
    event: Extract<IncidentEvent, { type: Type }>,
    incident: Incident,
    by: string,
  ) => Effect[];
};

/** What a feature or an integration may add; each gives only what it has. `features.ts` lists them. */
export interface Feature {
  name: string;
  /** What `/incident <word>` understands; help and routing follow from it. */
  subcommands?: Subcommand[];
  /** Buttons, forms, shortcuts and events of Slack. */
  listeners?: (app: App, inside: Inside) => void;
  /** What the tray (a bare `/incident` in an incident's channel) offers. */
  tray?: TrayItem[];
  reactions?: Reactions;
  /** What reactions and pins on a message ask for. */
  wishes?: HeededWish[];
  effects?: EffectKind<Outside>[];
  /** Keeps what it needs of Slack's events, in the transaction that stores them: before they are acknowledged, and once. */
  keeps?: (tx: Tx, events: readonly { body: unknown }[], given: { policy: Policy; now: Date }) => Promise<void>;
  /** Slack may not have told everything since then: at the start, after a silence, and when it says so itself. */
  missed?: (since: Date, inside: Inside) => Promise<void>;
  /** Once an hour, on every replica. */
  hourly?: (inside: Inside) => Promise<void>;
  /** What other services send, below `/webhooks`: checks who sent it, and has it stored before it is acknowledged. */
  webhooks?: (webhooks: Webhooks) => WebhookRoutes;
  /** Works through what came that way: once, and again after a crash. */
  heard?: (body: unknown, delivery: string, inside: Inside) => Promise<void>;
  /** Pages, below the address of the bot's own server, for who is signed in: `c.get('visitor')` says who. */
  pages?: (pages: Pages) => PageRoutes;
}

/** The effects of one event, over all features. */
export function reactTo(event: IncidentEvent, incident: Incident, by: string, features: Feature[]): Effect[] {
  return features.flatMap(({ reactions }) => {
    const react = reactions?.[event.type] as
      | ((event: IncidentEvent, incident: Incident, by: string) => Effect[])
      | undefined;
    return react?.(event, incident, by) ?? [];
  });
}
