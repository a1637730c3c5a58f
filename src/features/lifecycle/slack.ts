import type { App } from '@slack/bolt';
import { z } from 'zod';
import { ChangeStatus, Resolve } from '../../incident/commands.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Inside } from '../../slack/inside.ts';
import { nearest } from '../../slack/nearest.ts';
import { carryOut, type IncidentForm, listenToForm, openForm } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { nextStatuses, resolveModal, statusModal, whichStatus } from './views.ts';
import { readTime } from './when.ts';

const tooLong = 'Say it in at most 3,000 characters.';

const statusForm: IncidentForm = {
  name: 'status',
  whileOpen: true,
  modal: statusModal,
  command: (values) => ChangeStatus.safeParse({ type: 'changeStatus', ...values }),
  action: () => 'changeStatus',
  sentences: { to: 'Choose a status.', note: tooLong },
  refusedAt: () => 'to',
};

export const statusSubcommand: Subcommand = {
  name: 'status',
  usage: 'status [investigating | identified | monitoring] [what you found]',
  help: 'Change where it stands.',
  where: 'incident',
  async run(call, inside) {
    if (!call.text) return openForm(statusForm, call, inside);
    const [, word = '', note = ''] = /^(\S+)\s*([\s\S]*)$/.exec(call.text) ?? [];
    if (nearest(word, ['resolved', 'resolve'])) return resolveSubcommand.run({ ...call, text: '' }, inside);
    const to = nearest(word, nextStatuses);
    if (!to) return whichStatus(call.text);
    const command = ChangeStatus.safeParse({ type: 'changeStatus', to, note });
    return command.success ? carryOut(call, command.data, 'changeStatus', inside) : { text: tooLong };
  },
};

/**
 * The form as Slack sends it. Who says when customers stopped feeling it says that they did, though "Not known" was left as it stood;
 * an explicit "No" makes the times say nothing, for Slack lets nobody empty them again.
 */
const ResolveForm = z
  .object({
    felt: z.enum(['yes', 'no', 'unknown']),
    started: z.date().optional(),
    ended: z.date().optional(),
    note: Resolve.shape.note,
  })
  .transform(({ felt: said, started, ended, note }) => {
    const felt = said === 'unknown' && ended ? 'yes' : said;
    return Resolve.parse({ type: 'resolve', impact: felt === 'yes' ? { felt, started, ended } : { felt }, note });
  });

const resolveForm: IncidentForm = {
  name: 'resolve',
  whileOpen: true,
  modal: (incident, { now }, typed) => resolveModal(incident, now(), { fix: typed }),
  command: (values) => ResolveForm.safeParse(values),
  action: () => 'resolve',
  sentences: { felt: 'Choose one. "Not known" is fine.', note: tooLong },
  refusedAt: (refusal) => refusedAt[refusal] ?? 'felt',
};

const refusedAt: Record<string, string> = {
  'impact-starts-in-the-future': 'started',
  'impact-ends-in-the-future': 'ended',
  'impact-ends-before-it-starts': 'ended',
};

export const resolveSubcommand: Subcommand & { where: 'incident' } = {
  name: 'resolve',
  usage: 'resolve [now | 14:05 | 20 minutes ago]',
  help: 'Say that it is over, and when customers stopped feeling it.',
  where: 'incident',
  async run(call, inside) {
    const ended = call.text ? readTime(call.text, inside.now(), call.person.zone) : undefined;
    if (!ended) return openForm(resolveForm, call, inside);
    // "Nobody felt it" and "it ended at 14:05" cannot both be: the form asks which.
    if (call.incident.impact.felt === 'no') {
      const modal = (incident: Incident) => resolveModal(incident, inside.now(), { ended });
      return openForm({ ...resolveForm, modal }, call, inside);
    }
    const command = Resolve.parse({ type: 'resolve', impact: { felt: 'yes', started: startOf(call.incident), ended } });
    return carryOut(call, command, 'resolve', inside);
  },
};

const startOf = ({ impact }: Incident) => (impact.felt === 'yes' ? impact.started : undefined);

export function listen(app: App, inside: Inside): void {
  listenToForm(app, inside, statusForm);
  listenToForm(app, inside, resolveForm);
}
