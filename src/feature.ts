import type { App } from '@slack/bolt';
import type { IncidentEvent } from './incident/events.ts';
import type { Incident } from './incident/incident.ts';
import type { Effect, EffectKind } from './outbox/effect.ts';
import type { Inside } from './slack/inside.ts';
import type { Outside } from './slack/outside.ts';
import type { Subcommand } from './slack/subcommand.ts';

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
  reactions?: Reactions;
  effects?: EffectKind<Outside>[];
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
