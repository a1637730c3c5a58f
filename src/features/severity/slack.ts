import type { App } from '@slack/bolt';
import { ChangeSeverity, type Command } from '../../incident/commands.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Severity, severities, worse } from '../../incident/severity.ts';
import type { Action } from '../../may.ts';
import type { Inside } from '../../slack/inside.ts';
import { carryOut, type IncidentForm, listenToForm, openForm } from '../../slack/on-incident.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { severityModal, whichSeverity } from './views.ts';

/** Asking for help is everybody's right; saying that it is less bad may not be. */
function actionOf(command: Command, incident: Incident): Action {
  const to = command.type === 'changeSeverity' ? command.to : incident.severity;
  return worse(to, incident.severity) === to ? 'raiseSeverity' : 'lowerSeverity';
}

const tooLong = 'Say it in at most 3,000 characters.';

const form: IncidentForm = {
  name: 'severity',
  whileOpen: true,
  modal: (incident, { policy }) => severityModal(incident, policy),
  command: (values) => ChangeSeverity.safeParse({ type: 'changeSeverity', ...values }),
  action: actionOf,
  sentences: { to: 'Choose a severity.', reason: tooLong },
  refusedAt: () => 'to',
};

export const severitySubcommand: Subcommand = {
  name: 'severity',
  aliases: ['sev'],
  usage: 'severity [1-4] [why]',
  help: 'Change how severe it is.',
  where: 'incident',
  async run(call, inside) {
    if (!call.text) return openForm(form, call, inside);
    const { to, reason } = read(call.text);
    if (!to) return whichSeverity(inside.policy);
    const command = ChangeSeverity.safeParse({ type: 'changeSeverity', to, reason });
    if (!command.success) return { text: tooLong };
    return carryOut(call, command.data, actionOf(command.data, call.incident), inside);
  },
};

/** `1 it spreads`, `sev1`, `SEV-1: it spreads`. */
function read(text: string): { to: Severity | undefined; reason: string } {
  const [, digit, reason = ''] = /^(?:sev[- ]?)?([1-4])\b[\s:,-]*([\s\S]*)$/i.exec(text) ?? [];
  return { to: severities.find((severity) => severity === `sev${digit}`), reason };
}

export const listen = (app: App, inside: Inside): void => listenToForm(app, inside, form);
