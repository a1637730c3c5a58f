import type { Incident } from '../../incident/incident.ts';
import { severities } from '../../incident/severity.ts';
import type { Policy } from '../../policy.ts';
import { escape, field, type Message, option, plain, section } from '../../slack/blocks.ts';
import { quote } from '../../slack/incident-words.ts';
import { mention } from '../../slack/mention.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';

export function severityModal(incident: Incident, policy: Policy): ReturnType<IncidentForm['modal']> {
  const options = severities.map((key) => option(key, policy.severities[key].name, policy.severities[key].meaning));
  const now = options[severities.indexOf(incident.severity)];
  return {
    type: 'modal',
    title: plain('Change severity'),
    submit: plain('Change'),
    close: plain('Cancel'),
    blocks: [
      section(incidentName(incident)),
      field('to', 'How severe is it now?', { type: 'radio_buttons', options, ...(now && { initial_option: now }) }),
      field('reason', 'Why?', { type: 'plain_text_input', max_length: 3000 }, { optional: true }),
    ],
  };
}

export function whichSeverity(policy: Policy): Message {
  const lines = severities.map(
    (key, index) => `\`/incident severity ${index + 1}\` ${escape(policy.severities[key].meaning)}`,
  );
  return { text: 'Which severity?', blocks: [section(`Which severity?\n${lines.join('\n')}`)] };
}

export function severityMessage(names: { from: string; to: string }, by: string, reason: string): Message {
  const text = `${mention(by)} changed severity from ${escape(names.from)} to *${escape(names.to)}*`;
  return {
    text: `Severity is ${escape(names.to)} now`,
    blocks: [section(reason ? `${text}\n${quote(reason)}` : text)],
  };
}
