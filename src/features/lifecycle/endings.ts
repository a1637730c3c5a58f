import type { App } from '@slack/bolt';
import * as z from 'zod';
import type { Command } from '../../incident/commands.ts';
import type { Refusal } from '../../incident/decision.ts';
import { Cancel, Close, Decline, Reopen } from '../../incident/ending-commands.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Action } from '../../may.ts';
import type { Inside } from '../../slack/inside.ts';
import { carryOut, type IncidentForm, listenToForm, openForm } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { cancelModal, closeModal, declineModal, reopenModal } from './endings-views.ts';
import { readTime } from './when.ts';

const tooLong = 'Say it in at most 3,000 characters.';

/** Whatever is refused about these is about the incident, not about a field. */
const form = (
  parts: Pick<IncidentForm, 'name' | 'modal' | 'command' | 'refuses'> & { action: Action; field: string },
): IncidentForm => ({
  whileOpen: false,
  sentences: { [parts.field]: tooLong },
  refusedAt: (refusal) => (refusal.startsWith('impact-') ? 'started' : parts.field),
  ...parts,
  action: () => parts.action,
});

const wasResolved = ({ status }: Incident) => status === 'resolved' || status === 'closed';
const isOpenStill = ({ status }: Incident): Refusal | undefined =>
  ['resolved', 'closed', 'declined', 'cancelled', 'merged'].includes(status) ? 'incident-over' : undefined;

/** Who says since when customers feel it again says that they do, though "Not known" was left as it stood. */
const ReopenForm = z
  .object({
    reason: Reopen.shape.reason,
    felt: z.enum(['yes', 'no', 'unknown']),
    started: z.date().optional(),
  })
  .transform(({ reason, felt, started }) => {
    const again = felt === 'yes' || (felt === 'unknown' && started);
    return Reopen.parse({ type: 'reopen', reason, ...(again && { impact: { felt: 'yes', started } }) });
  });

const reopenForm = form({
  name: 'reopen',
  refuses: (incident) => (wasResolved(incident) ? undefined : 'not-resolved'),
  modal: (incident, _, typed) => reopenModal(incident, typed),
  command: (values) => ReopenForm.safeParse(values),
  action: 'reopen',
  field: 'reason',
});

const closeForm = form({
  name: 'close',
  refuses: ({ status }) =>
    status === 'resolved' ? undefined : status === 'closed' ? 'nothing-to-change' : 'not-resolved',
  modal: (incident, _, typed) => closeModal(incident, typed),
  command: (values) => Close.safeParse({ type: 'close', ...values }),
  action: 'resolve',
  field: 'note',
});

const declineForm = form({
  name: 'decline',
  refuses: (incident) =>
    isOpenStill(incident) ?? (incident.status === 'triage' ? undefined : 'only-triage-is-declined'),
  modal: (incident, _, typed) => declineModal(incident, typed),
  command: (values) => Decline.safeParse({ type: 'decline', ...values }),
  action: 'cancel',
  field: 'reason',
});

const cancelForm = form({
  name: 'cancel',
  refuses: isOpenStill,
  modal: (incident, _, typed) => cancelModal(incident, typed),
  command: (values) => Cancel.safeParse({ type: 'cancel', ...values }),
  action: 'cancel',
  field: 'reason',
});

/** With words it is done at once, without any the form asks. */
function subcommand(
  from: IncidentForm,
  action: Action,
  described: Pick<Subcommand & { where: 'incident' }, 'usage' | 'help' | 'statuses'>,
  read: (text: string, now: Date, zone: number) => z.ZodSafeParseResult<Command>,
): Subcommand {
  return {
    name: from.name,
    ...described,
    where: 'incident',
    async run(call, inside) {
      if (!call.text) return openForm(from, call, inside);
      const command = read(call.text, inside.now(), call.person.zone);
      return command.success ? carryOut(call, command.data, action, inside) : openForm(from, call, inside);
    },
  };
}

/** `it came back since 14:05`: what happened, and since when customers feel it again. */
export function readReopening(text: string, now: Date, zone: number): z.ZodSafeParseResult<Reopen> {
  const [, said = '', when = ''] = /^([\s\S]*?)\s*\bsince (.+)$/i.exec(text) ?? [];
  const started = when ? readTime(when, now, zone) : undefined;
  return Reopen.safeParse(
    started ? { type: 'reopen', reason: said, impact: { felt: 'yes', started } } : { type: 'reopen', reason: text },
  );
}

export const reopenSubcommand = subcommand(
  reopenForm,
  'reopen',
  {
    usage: 'reopen [what happened] [since 14:05]',
    help: 'Take it up again; *since* says that customers feel it again.',
    statuses: ['resolved', 'closed'],
  },
  readReopening,
);

export const closeSubcommand = subcommand(
  closeForm,
  'resolve',
  { usage: 'close [what to remember]', help: 'Say that nothing is left to do about it.', statuses: ['resolved'] },
  (note) => Close.safeParse({ type: 'close', note }),
);

export const declineSubcommand = subcommand(
  declineForm,
  'cancel',
  { usage: 'decline [what it was]', help: 'Say that a warm issue is no incident.', statuses: ['triage'] },
  (reason) => Decline.safeParse({ type: 'decline', reason }),
);

export const cancelSubcommand = subcommand(
  cancelForm,
  'cancel',
  { usage: 'cancel [why]', help: 'End one that was declared by mistake.' },
  (reason) => Cancel.safeParse({ type: 'cancel', reason }),
);

export function listenToEndings(app: App, inside: Inside): void {
  for (const one of [reopenForm, closeForm, declineForm, cancelForm]) listenToForm(app, inside, one);
}
