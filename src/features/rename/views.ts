import { longestTitle } from '../../incident/fields.ts';
import type { Incident } from '../../incident/incident.ts';
import { cut, escape, field, type Message, plain, section } from '../../slack/blocks.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';

/** `typed`: a title that is too long, to be shortened. */
export function renameModal(incident: Incident, typed: string): ReturnType<IncidentForm['modal']> {
  const channel = incident.isPrivate ? '' : '\nIts channel is renamed as well.';
  return {
    type: 'modal',
    title: plain('Rename'),
    submit: plain('Rename'),
    close: plain('Cancel'),
    blocks: [
      section(`${incidentName(incident)}${channel}`),
      field('title', 'What is wrong?', {
        type: 'plain_text_input',
        max_length: longestTitle,
        initial_value: cut((typed || incident.title).replace(/\s+/g, ' '), longestTitle),
      }),
    ],
  };
}

export function renamedMessage(from: string, to: string, by: string): Message {
  return {
    text: `Renamed to ${escape(cut(to, 200))}`,
    blocks: [section(`<@${by}> renamed it to *${escape(to)}* (it was: ${escape(from)})`)],
  };
}
