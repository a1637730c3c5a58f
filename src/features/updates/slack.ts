import type { App } from '@slack/bolt';
import { PostUpdate } from '../../incident/commands.ts';
import type { Inside } from '../../slack/inside.ts';
import { carryOut, type IncidentForm, listenToForm, openForm } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { updateModal } from './views.ts';

const sentences = { text: 'Write a sentence or two, at most 3,000 characters.' };

const form: IncidentForm = {
  name: 'update',
  whileOpen: false,
  modal: (incident, _, typed) => updateModal(incident, typed),
  command: (values) => PostUpdate.safeParse({ type: 'postUpdate', ...values }),
  action: () => 'postUpdate',
  sentences,
  refusedAt: () => 'text',
};

export const updateSubcommand: Subcommand = {
  name: 'update',
  usage: 'update [what people should know]',
  help: 'Post an update here and to everybody who follows.',
  where: 'incident',
  async run(call, inside) {
    if (!call.text) return openForm(form, call, inside);
    const command = PostUpdate.safeParse({ type: 'postUpdate', text: call.text });
    // Too long: the form shows what fits, so that nothing has to be typed again.
    return command.success ? carryOut(call, command.data, 'postUpdate', inside) : openForm(form, call, inside);
  },
};

export const listen = (app: App, inside: Inside): void => listenToForm(app, inside, form);
