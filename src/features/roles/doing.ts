import type { ModalView } from '@slack/types';
import { isOver } from '../../incident/lifecycle.ts';
import { tenuresOf } from '../../incident/tenures.ts';
import { denial } from '../../may.ts';
import { whyUnfit } from '../../slack/fit.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { carryOut } from '../../slack/on-incident.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { IncidentCall } from '../../slack/subcommand.ts';
import { commandersAtOnce, commandersSoon } from '../paging/commanders.ts';
import { watchedRole } from './long-duty.ts';
import { historyMessage, noRoles, rolesModal, takenMessage, yoursAlready } from './views.ts';

/** The form with all roles; it carries how they stood, so that what changed meanwhile is not undone. */
export async function openRoles(call: IncidentCall, inside: Inside): Promise<Reply> {
  const { policy } = inside;
  const { incident, here, person } = call;
  if (isOver(incident)) return { text: refusalText('incident-over') };
  if (Object.keys(policy.roles).length === 0) return noRoles;
  const before = Object.fromEntries(Object.entries(incident.roles).map(([role, held]) => [role, held.person]));
  const form = (onCall: string | undefined): ModalView => ({
    ...rolesModal(incident, policy, person.id, onCall),
    callback_id: 'roles',
    private_metadata: JSON.stringify({ incident: incident.id, here, before }),
  });
  const atOnce = commandersAtOnce(inside);
  /** It opens at once; PagerDuty may take longer to say who is on call. */
  async function nameOnCall({ id, hash }: { id: string; hash: string }): Promise<void> {
    const heard = await commandersSoon(inside);
    if (heard === atOnce || incident.roles[watchedRole]) return;
    await inside.slack
      .call('views.update', { view_id: id, hash, view: form(heard) })
      .catch((err: unknown) => inside.log.info({ err }, 'the form moved on before it could show who is on call'));
  }
  return { open: form(atOnce), opened: (view) => void nameOnCall(view) };
}

/** To somebody, or with null to nobody. */
export async function give(call: IncidentCall, role: string, person: string | null, inside: Inside): Promise<Reply> {
  const unfit = person && (await whyUnfit(person, inside));
  if (unfit) return { text: unfit };
  return carryOut(call, { type: 'assignRoles', assignments: { [role]: person } }, 'assignRole', inside);
}

/** Of two who press at once one has it; the other is told who. */
export async function take(call: IncidentCall, role: string, inside: Inside): Promise<Reply> {
  const { person, incident } = call;
  const denied = denial(inside.policy, person, 'assignRole', incident, call);
  if (denied) return { text: denialText(denied) };
  const command = { type: 'takeRole' as const, role, person: person.id };
  const outcome = await inside.desk.handle(incident.id, command, call.by);
  if (!('refused' in outcome)) return undefined;
  const holder = outcome.incident.roles[role]?.person;
  if (outcome.refused === 'role-taken' && holder) return takenMessage(role, holder, inside.policy);
  return outcome.refused === 'nothing-to-change'
    ? yoursAlready(role, inside.policy)
    : { text: refusalText(outcome.refused) };
}

export const shadow = (call: IncidentCall, role: string, inside: Inside): Promise<Reply> =>
  carryOut(call, { type: 'shadowRole', role, person: call.person.id }, 'assignRole', inside);

export async function showHistory({ incident }: IncidentCall, inside: Inside): Promise<Reply> {
  const record = await inside.store.read((tx) => tx.record.of(incident.id, ['roleAssigned', 'roleFreed']));
  return historyMessage(incident, tenuresOf(record), inside.policy, inside.now());
}
