import type { Feature } from '../../feature.ts';
import { answerProgress, confirm, confirmAgain, directProgress, directProgressEdit } from './progress.ts';
import { declareSubcommand, listen } from './slack.ts';

export const declare: Feature = {
  name: 'declare',
  subcommands: [declareSubcommand],
  listeners: listen,
  effects: [answerProgress, directProgress, directProgressEdit],
  reactions: {
    declared: (_, incident) => [confirm(incident)],
    channelOpened: (_, incident) => [confirmAgain(incident)],
    headlinePosted: (_, incident) => [confirmAgain(incident)],
    troubleReported: (_, incident) => (incident.headline ? [] : [confirmAgain(incident)]),
  },
};
