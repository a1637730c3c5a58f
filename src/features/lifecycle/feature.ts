import type { Feature } from '../../feature.ts';
import { noteIn } from '../channel/note.ts';
import { listen, resolveSubcommand, statusSubcommand } from './slack.ts';
import { resolvedMessage, statusMessage } from './views.ts';

export const lifecycle: Feature = {
  name: 'lifecycle',
  subcommands: [statusSubcommand, resolveSubcommand],
  listeners: listen,
  reactions: {
    statusChanged: ({ to, note }, incident, by) => [noteIn(incident, 'status', statusMessage(to, by, note))],
    resolved: ({ note }, incident, by) => {
      const at = incident.resolvedAt ?? incident.declaredAt;
      return [noteIn(incident, 'resolved', resolvedMessage(incident, by, note, at), { open: true })];
    },
  },
};
