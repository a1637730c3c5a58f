import type { App } from '@slack/bolt';
import * as z from 'zod';
import { ChangeStatus } from '../../incident/commands.ts';
import { Resolve } from '../../incident/ending-commands.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Policy } from '../../policy.ts';
import type { Inside } from '../../slack/inside.ts';
import { nearest } from '../../slack/nearest.ts';
import { carryOut, type IncidentForm, listenToForm, openForm } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { listenToEndings } from './endings.ts';
import { listenToMerge } from './merge.ts';
import { needsPostmortem, nextStatuses, resolveModal, statusModal, whichStatus } from './views.ts';
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
    owner: Resolve.shape.owner,
  })
  .transform(({ felt: said, started, ended, note, owner }) => {
    const felt = said === 'unknown' && ended ? 'yes' : said;
    const impact = felt === 'yes' ? { felt, started, ended } : { felt };
    return Resolve.parse({ type: 'resolve', impact, note, owner });
  });

/** Who writes the postmortem must be able to read what happened. */
async function checkOwner({ owner }: { owner?: string | undefined }, { people }: Inside) {
  const kind = owner ? (await people.who(owner)).kind : 'member';
  // Slack does not answer: better a name that nobody checked than an incident that cannot be resolved.
  if (kind === 'member' || kind === 'unknown') return undefined;
  return { owner: 'Only a member of this workspace can write it. Choose somebody else.' };
}

const resolveForm: IncidentForm = {
  name: 'resolve',
  whileOpen: true,
  modal: (incident, { now, policy }, typed) => resolveModal(incident, policy, now(), { fix: typed }),
  command: (values) => ResolveForm.safeParse(values),
  check: async (command, inside) => (command.type === 'resolve' ? checkOwner(command, inside) : undefined),
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
      const modal = (incident: Incident) => resolveModal(incident, inside.policy, inside.now(), { ended });
      return openForm({ ...resolveForm, modal }, call, inside);
    }
    const owner = ownerIn(call.incident, inside.policy, call.person.id);
    const impact = { felt: 'yes', started: startOf(call.incident), ended };
    const command = Resolve.parse({ type: 'resolve', impact, owner });
    return carryOut(call, command, 'resolve', inside);
  },
};

const startOf = ({ impact }: Incident) => (impact.felt === 'yes' ? impact.started : undefined);

/** In one line nobody is asked: whoever was named before, else the commander, else who resolves it; the channel reads who. */
const ownerIn = (incident: Incident, policy: Policy, resolver: string) =>
  needsPostmortem(incident, policy)
    ? (incident.postmortemOwner ?? incident.roles.commander?.person ?? resolver)
    : undefined;

export function listen(app: App, inside: Inside): void {
  listenToForm(app, inside, statusForm);
  listenToForm(app, inside, resolveForm);
  listenToEndings(app, inside);
  listenToMerge(app, inside);
}
