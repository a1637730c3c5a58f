import { actions, button, type Message, section } from '../../slack/blocks.ts';
import type { What } from './erase.ts';

export const whatToErase: Message = {
  text: 'What is to be erased? A message: `/incident erase <its link>`. All that a person said, in every incident: `/incident erase @who`. All that was said in an incident: `/incident erase everything` in its channel, or `/incident erase #7 everything`.',
};

export const nothingKept: Message = { text: 'Nothing of that is kept here, so there is nothing to erase.' };

export const erasingNow: Message = {
  text: 'I am erasing it: from the record, the search, the images and every export to come. The record will say that it was done, and by whom, and nothing of what was said.',
};

/** Erasing cannot be taken back, so it is asked for twice. */
export function areYouSure(what: What, count: number, incidents: number, value: string): Message {
  const text = `${sentence(what, count, incidents)} This cannot be undone. In Slack itself it stays until somebody deletes it there.`;
  return {
    text,
    blocks: [section(text), actions('erase', [button('erase-messages', 'Erase', value, 'danger')])],
  };
}

function sentence(what: What, count: number, incidents: number): string {
  const messages = count === 1 ? 'one message' : `${count.toLocaleString('en')} messages`;
  if (what.of === 'message') return 'Erase this message from the record?';
  if (what.of === 'incident') return `Erase ${messages} of this incident from the record?`;
  const where = incidents === 1 ? 'one incident' : `${incidents} incidents`;
  return `Erase ${messages} of <@${what.person}> in ${where} from the record?`;
}
