import type { App } from '@slack/bolt';
import type { Incident } from '../../incident/incident.ts';
import { OfferHandover } from '../../incident/role-commands.ts';
import { denial } from '../../may.ts';
import { whyUnfit } from '../../slack/fit.ts';
import type { Inside, Reply } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import { carryOut, type IncidentForm, listenToSubmission, openForm, pressedOn } from '../../slack/on-incident.ts';
import { denialText, refusalText } from '../../slack/refusals.ts';
import type { Call, IncidentCall, Subcommand } from '../../slack/subcommand.ts';
import { type HandoverDraft, handoverModal } from './handover-views.ts';
import { watchedRole } from './long-duty.ts';
import { roleNamed } from './role-named.ts';
import { noRoles, whichRole, yoursAlready } from './views.ts';
import { readWho, unresolved } from './who.ts';

const tooLong = 'Say it in at most 3,000 characters.';

function handoverForm(draft: HandoverDraft): IncidentForm {
  return {
    name: 'handover',
    whileOpen: true,
    modal: (incident, { policy, now }) => handoverModal(incident, policy, now(), draft),
    command: (values) => OfferHandover.safeParse({ type: 'offerHandover', ...values }),
    action: () => 'assignRole',
    sentences: { role: 'Choose a role.', to: 'Choose a person.', state: tooLong, thinking: tooLong, watch: tooLong },
    refusedAt: (refusal) => (refusal === 'unknown-role' ? 'role' : 'to'),
    async check(command, inside) {
      const why = command.type === 'offerHandover' && (await whyUnfit(command.to, inside));
      const problems: Record<string, string> = why ? { to: why } : {};
      return problems;
    },
  };
}

export const handoverSubcommand: Subcommand = {
  name: 'handover',
  usage: 'handover [@who] [role] [: how it stands]',
  help: 'Offer a role to somebody with what they must know; it is theirs when they accept.',
  where: 'incident',
  async run(call, inside) {
    const [, said = '', state] = /^([^:]*)(?::\s*([\s\S]*))?$/.exec(call.text) ?? [];
    const { words, who } = readWho({ ...call, text: said });
    if (who === 'not-known') return unresolved;
    const named = words ? roleNamed(words, inside.policy.roles) : { role: ownRole(call) };
    if (!named.role)
      return whichRole(words, 'near' in named ? named.near : undefined, inside.policy, 'handover @who <role>');
    if (who && state) return offer(call, { role: named.role, to: who, state }, inside);
    return open(call, { role: named.role, to: who ?? undefined }, inside);
  },
};

/** What somebody hands over who does not say what: their own role, and the commander's first of all. */
function ownRole({ incident: { roles }, person }: IncidentCall): string {
  const own = Object.keys(roles).filter((role) => roles[role]?.person === person.id);
  return own.includes(watchedRole) ? watchedRole : (own[0] ?? watchedRole);
}

function open(call: IncidentCall, draft: HandoverDraft, inside: Inside): Reply {
  if (Object.keys(inside.policy.roles).length === 0) return noRoles;
  return openForm(handoverForm(draft), call, inside);
}

async function offer(
  call: IncidentCall,
  asked: { role: string; to: string; state: string },
  inside: Inside,
): Promise<Reply> {
  const command = OfferHandover.safeParse({ type: 'offerHandover', ...asked });
  if (!command.success) return { text: tooLong };
  const why = await whyUnfit(asked.to, inside);
  return why ? { text: why } : carryOut(call, command.data, 'assignRole', inside);
}

export function listenToHandovers(app: App, inside: Inside): void {
  onPress(app, 'open-handover', inside, async (call) => {
    const { id, role } = carried(call);
    const pressed = await pressedOn({ ...call, text: id }, 'see', inside);
    if (typeof pressed === 'string') return { text: pressed };
    const about = { ...call, ...pressed };
    return open(about, { role: role || ownRole(about) }, inside);
  });
  listenToSubmission(app, inside, handoverForm({ role: watchedRole }));
  onPress(app, 'accept-handover', inside, (call) => answer(call, 'acceptHandover', inside));
  onPress(app, 'decline-handover', inside, (call) => answer(call, 'declineHandover', inside));
}

/** What a button about one role carries. */
function carried({ text }: Call): { id: string; role: string } {
  const [id = '', role = ''] = text.split(':');
  return { id, role };
}

async function answer(call: Call, type: 'acceptHandover' | 'declineHandover', inside: Inside): Promise<Reply> {
  const { id, role } = carried(call);
  const { person, by } = call;
  const incident = await inside.store.read((tx) => tx.incidents.load(id));
  if (!incident) return { text: denialText('not-invited') };
  // Whoever made the offer let this person in, also where the incident is private.
  const denied = denial(inside.policy, person, 'assignRole', incident, { here: isOffered(incident, role, person.id) });
  if (denied) return { text: denialText(denied) };
  const outcome = await inside.desk.handle(id, { type, role, person: person.id, reason: '' }, by);
  if (!('refused' in outcome)) return undefined;
  const isTheirs = outcome.incident.roles[role]?.person === person.id;
  return isTheirs ? yoursAlready(role, inside.policy) : { text: refusalText(outcome.refused) };
}

const isOffered = ({ handovers }: Incident, role: string, person: string) => handovers[role]?.to === person;
