import type { Feature } from '../../feature.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { noteIn } from '../channel/note.ts';
import { listen, severitySubcommand } from './slack.ts';
import { severityMessage } from './views.ts';

export const severity: Feature = {
  name: 'severity',
  subcommands: [severitySubcommand],
  listeners: listen,
  tray: [
    {
      action: 'open-severity',
      label: 'Change severity',
      group: 'respond',
      may: 'raiseSeverity',
      when: (incident) => !isOver(incident),
    },
  ],
  reactions: {
    severityChanged: ({ from, to, reason }, incident, by) => [
      noteIn(incident, 'severity', severityMessage({ from: from.toUpperCase(), to: to.toUpperCase() }, by, reason)),
    ],
  },
};
