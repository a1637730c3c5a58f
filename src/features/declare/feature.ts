import type { Feature } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { isPerson } from '../../slack/mention.ts';
import { answerProgress, confirm, confirmAgain, directProgress, directProgressEdit } from './progress.ts';
import { declareSubcommand, listen } from './slack.ts';

export const declare: Feature = {
  name: 'declare',
  subcommands: [declareSubcommand],
  listeners: listen,
  effects: [answerProgress, directProgress, directProgressEdit],
  reactions: {
    declared: (_, incident) => (isPerson(incident.declaredBy) ? [confirm(incident)] : []),
    channelOpened: whileItIsNew,
    headlinePosted: whileItIsNew,
    troubleReported: (_, incident) => (incident.headline ? [] : whileItIsNew(_, incident)),
  },
};

/** A channel that took the place of another is nothing that the declarer waits for, and PagerDuty waits for none. */
function whileItIsNew(_: unknown, incident: Incident): Effect[] {
  return incident.hasMoved || !isPerson(incident.declaredBy) ? [] : [confirmAgain(incident)];
}
