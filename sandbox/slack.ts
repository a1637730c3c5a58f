/** The parts of the sandbox, as they are handed to one another. */
import type { Clock } from './clock.ts';
import type { Deliver } from './deliver.ts';
import type { Emit } from './emit.ts';
import type { Ephemerals } from './ephemerals.ts';
import type { Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { Limits } from './limits.ts';
import type { AppSettings } from './manifest.ts';
import type { ResponseUrls } from './response-url.ts';
import type { Views } from './views.ts';
import type { Workspace } from './workspace.ts';

export type Slack = {
  /** http://127.0.0.1:<port>, known once the server listens */
  url: () => string;
  app: AppSettings;
  workspace: Workspace;
  clock: Clock;
  ledger: Ledger;
  limits: Limits;
  faults: Faults;
  deliver: Deliver;
  emit: Emit;
  views: Views;
  responseUrls: ResponseUrls;
  ephemerals: Ephemerals;
};
