import type { Refusal } from '../incident/decision.ts';
import type { Denial } from '../may.ts';
import { cut, escape } from './blocks.ts';

const refusals: Record<Refusal, string> = {
  'incident-over': 'This incident is over. If it came back, reopen it with `/incident reopen`.',
  'nothing-to-change': 'It is that already; nothing was changed.',
  'resolve-by-form': 'To resolve, use `/incident resolve`: it asks when customers stopped feeling it.',
  'no-way-back-to-triage': 'Triage is only where an incident starts. Choose investigating, identified or monitoring.',
  'ends-by-its-own-command': 'To end it, use `/incident resolve`, `cancel`, `decline` or `merge`.',
  'not-resolved': 'It is not resolved. `/incident resolve` comes first.',
  'only-triage-is-declined':
    'Only a warm issue can be declined. To end this one without resolving it, use `/incident cancel`.',
  'merge-into-itself': 'That is this incident. Which other one is it the same as?',
  'merge-into-one-that-is-over': 'That one is over. Reopen it first, or merge the other way round.',
  'merge-private-into-public':
    'This one is private and that one is not: its people would read of it. Merge the other way round.',
  'no-such-incident':
    'I do not know that incident, or it is not one you can see. `/incident list` shows their numbers.',
  'reason-needed': 'People have read what was known before. Say why it changes.',
  'time-in-the-future': 'That is in the future. When was it?',
  'unknown-service': 'One of these services is no longer in the policy. Open the form again and choose from the list.',
  'unknown-role': 'The policy of this incident has no such role. `/incident roles` shows which there are.',
  'role-taken': 'Somebody has taken that role already. `/incident roles` shows who; they can hand it over to you.',
  'no-such-handover': 'That offer is no longer open: it was accepted, withdrawn, or made to somebody else.',
  'no-update-due': 'No update is due any more.',
  'asked-already': 'You have asked already. They were told; the next update answers you.',
  'no-such-task': 'There is no such task. `/incident task` shows them with their numbers.',
  'no-such-link': 'There is no such link. `/incident link` shows which there are.',
  'timeline-full': 'The timeline has 1,000 kept messages, which is more than people read. Take some out first.',
  'no-such-follow-up': 'There is no such follow-up. `/incident followup` shows them with their numbers.',
  'too-many-follow-ups':
    'There are 200 follow-ups already. Drop what nobody will do, or keep the rest in your tracker.',
  'no-postmortem': 'There is no postmortem yet: the draft is made when the incident is resolved.',
  'private-already': 'It is private already.',
  'practice-pages-nobody': 'This is a practice, and a practice wakes nobody. Say in the channel whom you would page.',
  'practice-of-a-page':
    'PagerDuty rings for this at the moment, so it is no practice. Leave *Practice* unticked; `/incident test` is for practising.',
  'unknown-target': 'The policy of this incident knows nobody by that name. `/incident page` shows who can be paged.',
  'paged-already':
    'They are being paged for this already. *Escalate*, under the page in the headline’s thread, wakes whoever comes next.',
  'too-many-pages': 'A hundred pages went out for this incident. Call people by another way; more pages wake nobody.',
  'no-such-page': 'There is no such page any more.',
  'request-goes-no-further':
    'They were asked to help with a page that is there already, and only PagerDuty passes such a request on. Press *Page someone else*.',
  'page-over': 'That page is over: it was resolved. `/incident page` pages somebody anew.',
  'unknown-journey': 'One of these journeys is no longer in the policy. Open the form again and choose from the list.',
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
  'responders-only':
    'Only people who work on this incident can do that. Join its channel first, or ask somebody in it.',
  'admins-only': 'Only incident admins can do that. `incidentAdmins` in the policy says who they are.',
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
  if (why.startsWith('the folder of exports'))
    return `${said}. Ask whoever runs the bot to put it right, then press *Try again*.`;
  return (Object.hasOwn(troubles, why) && troubles[why]) || `Slack said \`${said}\`.`;
}
