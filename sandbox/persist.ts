/** The workspace on disk: one snapshot, renamed into place, so that kill -9 leaves the old one or the new one. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountState } from './pagerduty/account.ts';
import type { PagerDuty } from './pagerduty/pagerduty.ts';
import type { Slack } from './slack.ts';
import type { OpenView } from './views.ts';
import type { Saved } from './workspace.ts';

/** The longest that a kill can take away, where a write takes no time. */
const saveWithinMs = 200;
/** A workspace of many messages takes long to write, and is written so much less often: a twentieth of the time at most. */
const pausePerWrite = 20;

type Snapshot = {
  workspace: Saved;
  homes: OpenView[];
  clock: { now: number; running: boolean; savedAt: number };
  /** absent in snapshots from before there was one */
  pagerDuty?: AccountState;
};

export function persist(slack: Slack, pagerDuty: PagerDuty, dataDir: string) {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'workspace.json');
  let timer: NodeJS.Timeout | undefined;
  let tookMs = 0;

  function saveNow() {
    const began = performance.now();
    clearTimeout(timer);
    timer = undefined;
    const { now, running } = slack.clock.state();
    const snapshot: Snapshot = {
      workspace: slack.workspace.save(),
      homes: slack.views.saveHomes(),
      clock: { now, running, savedAt: Date.now() },
      pagerDuty: pagerDuty.save(),
    };
    writeFileSync(`${path}.new`, JSON.stringify(snapshot));
    renameSync(`${path}.new`, path);
    tookMs = performance.now() - began;
  }

  function saveSoon() {
    timer ??= setTimeout(saveNow, Math.max(saveWithinMs, tookMs * pausePerWrite));
  }

  if (existsSync(path)) {
    const { workspace, homes, clock, pagerDuty: account } = JSON.parse(readFileSync(path, 'utf8')) as Snapshot;
    slack.workspace.restore(workspace);
    slack.views.restoreHomes(homes);
    // A clock that ran goes on as if it had run meanwhile.
    const passed = clock.running ? Date.now() - clock.savedAt : 0;
    slack.clock.change({ set: clock.now + passed, running: clock.running });
    // After the clock: what was due meanwhile is caught up with.
    if (account) pagerDuty.restore(account);
  }
  slack.workspace.onChange(saveSoon);
  pagerDuty.onChange(saveSoon);
  slack.clock.watch(saveSoon);
  return { saveNow };
}
