import { longestText } from '../../incident/commands.ts';
import type { Incident } from '../../incident/incident.ts';
import { context, cut, escape, field, type Message, plain, section } from '../../slack/blocks.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';
import { quoteWhole } from '../channel/views.ts';

/** `typed`: an update that is too long for Slack, to be shortened. */
export function updateModal(incident: Incident, typed = ''): ReturnType<IncidentForm['modal']> {
  return {
    type: 'modal',
    title: plain('Post an update'),
    submit: plain('Post'),
    close: plain('Cancel'),
    blocks: [
      section(incidentName(incident)),
      field('text', 'What should people know?', {
        type: 'plain_text_input',
        multiline: true,
        max_length: longestText,
        placeholder: plain('What customers feel, what we know, what we do next', 150),
        ...(typed && { initial_value: cut(typed, longestText) }),
      }),
      ...(incident.isPrivate ? [context('It stays in this channel: the incident is private.')] : []),
    ],
  };
}

/** An update as the channel shows it, word for word. */
export const updateMessage = ({ text, by }: { text: string; by: string }): Message => ({
  text: escape(cut(text, 3000)),
  blocks: [section(`:mega: *Update* by <@${by}>`), ...quoteWhole(text)],
});
