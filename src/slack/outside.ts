import type { Exporting } from '../exporting.ts';
import type { Incident } from '../incident/incident.ts';
import type { Effect } from '../outbox/effect.ts';
import type { Paging } from '../paging.ts';
import type { Policy } from '../policy.ts';
import type { Store } from '../store/store.ts';
import type { Slack } from './api.ts';
import type { Files } from './files.ts';
import type { People } from './people.ts';
import type { MarkSeen } from './reactions.ts';

/** Who we are in the workspace, from auth.test. */
export interface Identity {
  team: string;
  /** `https://example.slack.com/` */
  url: string;
  botUser: string;
  bot: string;
}

/** What effects are given to work with. */
export interface Outside {
  slack: Slack;
  files: Files;
  store: Store;
  identity: () => Identity;
  people: People;
  /** Today's policy: where to announce is a matter of now, not of when the incident began. */
  policy: Policy;
  /** The id of the channel that the policy names for announcements. */
  updatesChannel: () => Promise<string>;
  /** The id of the channel where incidents that started in PagerDuty are offered. */
  offersChannel: () => Promise<string>;
  /** Under which people reach the pages, where they do. */
  publicUrl?: string | undefined;
  now: () => Date;
  /** What reactions and pins ask for that only the history of a channel showed. */
  missedWishes: (marks: readonly MarkSeen[]) => Effect[];
  /** Where exports go besides Slack, and how PDFs are made. */
  exports?: Exporting;
  /** By what people are woken; undefined where nothing is set up. */
  paging?: Paging | undefined;
}

/** The incident as it stands: what is shown is the newest, whatever the plan said when it was written. */
export async function incidentOf(outside: Outside, id: string): Promise<Incident> {
  const incident = await outside.store.read((tx) => tx.incidents.load(id));
  if (!incident) throw new Error(`no incident ${id}`);
  return incident;
}

/** A message's address, made rather than asked for. */
export function permalink({ url }: Identity, { channel, ts }: { channel: string; ts: string }): string {
  return `${url}archives/${channel}/p${ts.replace('.', '')}`;
}
