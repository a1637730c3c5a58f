import type { Incident } from '../../incident/incident.ts';
import { cut, escape, type Message } from '../../slack/blocks.ts';
import { troubleText } from '../../slack/refusals.ts';
import { type Format, formatNames } from './files.ts';

const states = { draft: 'a draft', 'in-review': 'in review', published: 'published' };

/** What is said with the file. */
export function exportedText({ postmortem }: Incident, format: Format, by?: string, note?: string): string {
  const state = postmortem ? `The postmortem is ${states[postmortem.status]}.` : 'There is no postmortem yet.';
  const more = note ? ` ${escape(cut(note, 300))}` : '';
  if (format === 'json') return `<@${by}> exported everything that is kept of this incident, as JSON.${more}`;
  if (by) return `<@${by}> exported this incident as ${formatNames[format]}. ${state}${more}`;
  return `This incident as one file, as it stands now. \`/incident export all\` gives HTML, PDF and JSON too.${more}`;
}

export const failedNote = (format: Format | 'canvas', why: string): Message => ({
  text: `I could not post the ${format === 'canvas' ? 'canvas' : formatNames[format]} export here. ${troubleText(why)} \`/incident export\` tries again.`,
});

export function exportingMessage(
  { number, channel }: Incident,
  wanted: readonly (Format | 'canvas')[],
  here: boolean,
): Message {
  const names = wanted.map((one) => (one === 'canvas' ? 'the canvas' : formatNames[one]));
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0];
  const where = here || !channel ? 'in this channel' : `in <#${channel.id}>`;
  return { text: `I am making ${list} of #${number}. It appears ${where} in a moment, for everybody in it.` };
}

export const unclearFormat = (typed: string): Message => ({
  text: `I do not know the format “${escape(cut(typed, 100))}”. There are \`md\`, \`html\`, \`pdf\`, \`json\`, \`canvas\` and \`all\`: \`/incident export pdf\`.`,
});

export const noChannel = ({ number }: Incident): Message => ({
  text: `#${number} has no channel that I can write to, so there is nowhere to put the files. \`npm run export -- ${number}\` writes them to a folder.`,
});
