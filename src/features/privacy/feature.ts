import type { App } from '@slack/bolt';
import type { Feature } from '../../feature.ts';
import { MakePrivate } from '../../incident/commands.ts';
import type { Inside } from '../../slack/inside.ts';
import { carryOut, type IncidentForm, listenToForm, openForm } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { noteIn } from '../channel/note.ts';
import { madePrivateMessage, privateModal } from './views.ts';

const form: IncidentForm = {
  name: 'private',
  whileOpen: false,
  refuses: ({ isPrivate }) => (isPrivate ? 'private-already' : undefined),
  modal: privateModal,
  command: () => MakePrivate.safeParse({ type: 'makePrivate' }),
  action: () => 'makePrivate',
  sentences: {},
  refusedAt: () => '',
};

const privateSubcommand: Subcommand = {
  name: 'private',
  usage: 'private [now]',
  help: 'Hide it from those who are not invited; says what stays readable.',
  where: 'incident',
  async run(call, inside) {
    if (call.text.toLowerCase() !== 'now') return openForm(form, call, inside);
    return carryOut(call, MakePrivate.parse({ type: 'makePrivate' }), 'makePrivate', inside);
  },
};

/** An incident that turns out to be nobody else's business. What Slack lets no bot do is said. */
export const privacy: Feature = {
  name: 'privacy',
  subcommands: [privateSubcommand],
  listeners: (app: App, inside: Inside) => listenToForm(app, inside, form),
  tray: [
    {
      action: 'open-private',
      label: 'Make private',
      group: 'rare',
      may: 'makePrivate',
      when: ({ isPrivate }) => !isPrivate,
    },
  ],
  reactions: {
    madePrivate: (_, incident, by) => [noteIn(incident, 'private', madePrivateMessage(incident, by), { open: true })],
  },
};
