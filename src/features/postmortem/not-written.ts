import { refusalText } from '../../slack/refusals.ts';
import type { Written } from './write.ts';

export type NotWritten = Extract<Written, { refused: string }>['refused'];

/** Without marks of any kind: they stand under a field of Slack's and on a page. */
const refusals: Record<NotWritten, string> = {
  'no-postmortem': refusalText('no-postmortem'),
  'postmortem-published':
    'It was published. Re-open it (/incident postmortem reopen, or on its page), then save again.',
  'no-such-section': 'The template has no such section any more. Copy your text, and open the postmortem again.',
  'section-too-long': 'That is more than 100,000 characters. Leave out what nobody will read.',
  'nothing-to-change': refusalText('nothing-to-change'),
};

/** Why a text was not saved, and the way out. */
export const whyNotWritten = (refusal: NotWritten): string => refusals[refusal];
