import type { Refusal } from '../incident/decide.ts';
import type { Denial } from '../may.ts';
import { cut, escape } from './blocks.ts';

const refusals: Record<Refusal, string> = {
  'incident-over': 'This incident is resolved. If it came back, declare a new one with `/incident`.',
  'nothing-to-change': 'It is that already; nothing was changed.',
  'resolve-by-form': 'To resolve, use `/incident resolve`: it asks when customers stopped feeling it.',
  'no-way-back-to-triage': 'Triage is only where an incident starts. Choose investigating, identified or monitoring.',
  'unknown-service': 'One of these services is no longer in the policy. Open the form again and choose from the list.',
  'impact-starts-in-the-future': 'That is in the future. When did customers begin to feel it?',
  'impact-ends-in-the-future': 'That is in the future. Leave it empty if it is not known yet.',
  'impact-ends-before-it-starts': 'That is before it started. Correct one of the two times.',
};

/** Why not, and the way out, in one or two short sentences. */
export const refusalText = (refusal: Refusal): string => refusals[refusal];

const denials: Record<Denial, string> = {
  stranger: 'Only members of this workspace can do that. Ask somebody in the channel to do it for you.',
  guest: 'Guests cannot do that here. Ask a member in the channel to do it for you.',
  bot: 'Only people can do that.',
  deactivated: 'This account is deactivated.',
  'not-invited': 'I do not know that incident, or it is not one you can see.',
  'cannot-check': 'Slack is not answering, so I cannot check who you are. Try again in a minute.',
};

export const denialText = (denial: Denial): string => denials[denial];

const troubles: Record<string, string> = {
  not_in_channel: 'I am not in that channel. Invite me there with `/invite @tocsin`, then press *Try again*.',
  channel_not_found:
    'I cannot see that channel. Check its name in the policy and invite me to it, then press *Try again*.',
  is_archived: 'The channel is archived. Unarchive it, then press *Try again*.',
  restricted_action: 'A setting of this workspace does not allow it. Ask a workspace admin, then press *Try again*.',
  user_is_restricted: 'A setting of this workspace does not allow it. Ask a workspace admin, then press *Try again*.',
  too_many_pins: 'The channel has as many pins as Slack allows.',
  name_taken: 'Another channel has that name.',
  'the incident has no channel': 'The incident has no channel yet. *Try again* opens it first.',
};

/** Why something outside did not work, as mrkdwn; `why` is Slack's own word or sentence for it, or whatever came in its place. */
export function troubleText(why: string): string {
  const said = escape(cut(why.replaceAll('`', ''), 150));
  if (why.startsWith('the app lacks'))
    return `${said}. An admin can add it (docs/slack-setup.md), then press *Try again*.`;
  if (why.startsWith('the bot is not in'))
    return `${said}. Invite it there with \`/invite @tocsin\`, then press *Try again*.`;
  return (Object.hasOwn(troubles, why) && troubles[why]) || `Slack said \`${said}\`.`;
}
