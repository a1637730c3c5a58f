import type { Feature } from '../../feature.ts';
import { offer, offerTo } from './offer.ts';
import { catchUpSubcommand, listen } from './slack.ts';

/** For whoever comes late: what happened, privately, on asking or on joining. */
export const catchup: Feature = {
  name: 'catchup',
  subcommands: [catchUpSubcommand],
  listeners: listen,
  tray: [{ action: 'catch-up', label: 'Catch me up', group: 'work', may: 'see', when: () => true }],
  effects: [offer],
  reactions: { personJoined: ({ person }, incident) => [offerTo(incident, person)] },
};
