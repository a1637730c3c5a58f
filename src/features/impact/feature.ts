import type { Feature } from '../../feature.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { inChannel } from '../channel/gone.ts';
import { noteIn } from '../channel/note.ts';
import { correctSubcommand } from './correct.ts';
import { impactNote, noteOfImpact } from './note.ts';
import { impactSubcommand, listen } from './slack.ts';
import { correctedMessage } from './views.ts';

/** What customers feel, from when to when: the clock that every duration starts from. */
export const impact: Feature = {
  name: 'impact',
  subcommands: [impactSubcommand, correctSubcommand],
  listeners: listen,
  tray: [
    { action: 'open-impact', label: 'What customers feel', group: 'respond', may: 'stateImpact', when: () => true },
    { action: 'open-correct', label: 'Correct a time', group: 'rare', may: 'correctTime', when: () => true },
  ],
  effects: [inChannel(impactNote)],
  reactions: {
    // Resolving says it in its own line; afterwards there is always a reason.
    impactStated: ({ impact: said, reason = '' }, incident, by) =>
      isOver(incident) && !reason ? [] : [noteOfImpact(incident, { by, reason, impact: said })],
    impactBegan: ({ impact: said }, incident, by) => [
      noteOfImpact(incident, { by, reason: '', again: true, impact: said }),
    ],
    timeCorrected: (event, incident, by) => [noteIn(incident, 'time', correctedMessage(event, by))],
  },
};
