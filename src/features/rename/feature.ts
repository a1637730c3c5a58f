import type { App } from '@slack/bolt';
import type { Feature } from '../../feature.ts';
import { Rename } from '../../incident/commands.ts';
import { longestTitle } from '../../incident/fields.ts';
import type { Inside } from '../../slack/inside.ts';
import { carryOut, type IncidentForm, listenToForm, openForm } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { noteIn } from '../channel/note.ts';
import { renamedMessage, renameModal } from './views.ts';

const sentences = { title: `Say in a few words what is wrong, in at most ${longestTitle} characters.` };

const form: IncidentForm = {
  name: 'rename',
  whileOpen: false,
  modal: (incident, _, typed) => renameModal(incident, typed),
  command: (values) => Rename.safeParse({ type: 'rename', ...values }),
  action: () => 'rename',
  sentences,
  refusedAt: () => 'title',
};

const renameSubcommand: Subcommand = {
  name: 'rename',
  usage: 'rename [what is wrong, in better words]',
  help: 'Give it another title; its channel follows.',
  where: 'incident',
  async run(call, inside) {
    if (!call.text) return openForm(form, call, inside);
    const command = Rename.safeParse({ type: 'rename', title: call.text });
    return command.success ? carryOut(call, command.data, 'rename', inside) : openForm(form, call, inside);
  },
};

/** The title; the channel feature brings headline, topic and the channel's name after it. */
export const rename: Feature = {
  name: 'rename',
  subcommands: [renameSubcommand],
  listeners: (app: App, inside: Inside) => listenToForm(app, inside, form),
  tray: [{ action: 'open-rename', label: 'Rename', group: 'rare', may: 'rename', when: () => true }],
  reactions: {
    renamed: ({ from, to }, incident, by) => [noteIn(incident, 'renamed', renamedMessage(from, to, by))],
  },
};
