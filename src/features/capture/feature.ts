import type { Feature } from '../../feature.ts';
import { eraseMessages } from './erase.ts';
import { fetchImage } from './image.ts';
import { keepLive } from './live.ts';
import { readWhatWasMissed, readWhole, watch, watching, wholeOf } from './plan.ts';
import { readHistory } from './read-history.ts';
import { eraseWhatIsOld } from './retention.ts';
import { eraseSubcommand, listen } from './slack.ts';

/** Everything that is said in the channel of an incident: kept as it comes, read again where Slack may have left something out, erased. */
export const capture: Feature = {
  name: 'capture',
  subcommands: [eraseSubcommand],
  listeners: listen,
  keeps: keepLive,
  missed: readWhatWasMissed,
  hourly: eraseWhatIsOld,
  effects: [readHistory, readWhole, watch, fetchImage, eraseMessages],
  reactions: {
    channelOpened: (_, incident) => [watching(incident)],
    channelBack: (_, incident) => [wholeOf(incident)],
    resolved: (_, incident) => [wholeOf(incident)],
    reopened: (_, incident) => [watching(incident)],
  },
};
