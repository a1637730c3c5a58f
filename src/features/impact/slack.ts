import type { App } from '@slack/bolt';
import * as z from 'zod';
import { StateImpact } from '../../incident/commands.ts';
import type { Interval } from '../../incident/impact.ts';
import type { Incident } from '../../incident/incident.ts';
import { openStatuses } from '../../incident/lifecycle.ts';
import type { Inside } from '../../slack/inside.ts';
import { onPress } from '../../slack/listen.ts';
import { carryOut, type IncidentForm, listenToForm, openForm, pressedOn } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { correctForm } from './correct.ts';
import { readImpact } from './read.ts';
import { impactModal, whichImpact } from './views.ts';

/** As Slack sends it. A number comes as text. */
const Form = z.object({
  felt: z.enum(['yes', 'again', 'no', 'unknown']),
  started: z.date().optional(),
  ended: z.date().optional(),
  share: z.coerce.number().min(0).max(100).optional(),
  journeys: z.array(z.string()).optional(),
  reason: StateImpact.shape.reason,
});

/** Who says since when, or how many, says that customers feel it, though "Not known" was left as it stood. */
function commandOf(form: z.infer<typeof Form>, { impact: known }: Incident): StateImpact {
  const { reason, felt, ...rest } = form;
  const says = rest.started ?? rest.ended ?? rest.share ?? rest.journeys?.[0];
  if (felt === 'no' || (felt === 'unknown' && says === undefined))
    return { type: 'stateImpact', impact: { felt }, reason };
  if (felt !== 'again') return { type: 'stateImpact', impact: { felt: 'yes', ...rest }, reason };
  // The times of the stretch before stand in the form as well; only what somebody changed is about the new one.
  const before: Interval = known.felt === 'yes' ? known : {};
  const news = (name: 'started' | 'ended') => rest[name]?.getTime() !== before[name]?.getTime() && rest[name];
  const times = Object.fromEntries((['started', 'ended'] as const).map((name) => [name, news(name) || undefined]));
  return { type: 'stateImpact', again: true, impact: { felt: 'yes', ...rest, ...times }, reason };
}

const tooLong = 'Say it in at most 3,000 characters.';

const impactForm: IncidentForm = {
  name: 'impact',
  whileOpen: false,
  modal: (incident, { policy, now }) => impactModal(incident, policy, now()),
  command(values, incident) {
    const form = Form.safeParse(values);
    return form.success ? StateImpact.safeParse(commandOf(form.data, incident)) : form;
  },
  action: () => 'stateImpact',
  sentences: {
    felt: 'Choose one. "Not known" is fine.',
    share: 'A number from 0 to 100.',
    reason: tooLong,
  },
  refusedAt: (refusal) => refusedAt[refusal] ?? 'felt',
};

const refusedAt: Record<string, string> = {
  'impact-starts-in-the-future': 'started',
  'impact-ends-in-the-future': 'ended',
  'impact-ends-before-it-starts': 'ended',
  'unknown-journey': 'journeys',
  'reason-needed': 'reason',
};

export const impactSubcommand: Subcommand = {
  name: 'impact',
  usage: 'impact [yes since 14:05 | 20 % | ended 10 minutes ago | no] [because …]',
  help: 'Say what customers feel, from when to when, and how many.',
  where: 'incident',
  statuses: [...openStatuses, 'resolved', 'closed'],
  async run(call, inside) {
    if (!call.text) return openForm(impactForm, call, inside);
    const said = readImpact(call.text, call.incident.impact, inside.now(), call.person.zone);
    if (!said) return whichImpact(call.text);
    const command = StateImpact.safeParse({ type: 'stateImpact', ...said });
    return command.success ? carryOut(call, command.data, 'stateImpact', inside) : { text: tooLong };
  },
};

export function listen(app: App, inside: Inside): void {
  listenToForm(app, inside, impactForm);
  listenToForm(app, inside, correctForm);

  onPress(app, 'customers-affected', inside, async (call) => {
    const pressed = await pressedOn(call, 'stateImpact', inside);
    if (typeof pressed === 'string') return { text: pressed };
    const modal = (incident: Incident) => impactModal(incident, inside.policy, inside.now(), inside.now());
    return openForm({ ...impactForm, whileOpen: true, modal }, pressed, inside);
  });
}
