import type { Feature } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import { inviteTo } from '../channel/furnish.ts';
import { noteIn } from '../channel/note.ts';
import { announce, announceOf } from './announce.ts';
import { draft, draftOf } from './draft.ts';
import { draftedMessage, inReviewMessage, ownerMessage, publishedMessage, reopenedMessage } from './messages.ts';
import { plan, planOf, remind, tell, tellOwner } from './remind.ts';
import { listen, postmortemSubcommand } from './slack.ts';

/** What was learned: drafted at the end, written by people, reviewed and published. */
export const postmortem: Feature = {
  name: 'postmortem',
  subcommands: [postmortemSubcommand],
  listeners: listen,
  tray: [
    {
      action: 'open-postmortem',
      label: 'Postmortem',
      group: 'work',
      may: 'see',
      when: ({ postmortem: begun }) => begun !== undefined,
    },
  ],
  effects: [draft, plan, remind, tell, announce],
  reactions: {
    resolved: ({ owner }, incident) => [
      draftOf(incident),
      // Resolved again, perhaps with somebody else to write it.
      ...(owner && incident.postmortem ? given(incident, owner) : []),
    ],
    postmortemDrafted: ({ publishDue }, incident) => {
      const owner = incident.postmortemOwner;
      return [
        // Where nobody owes it, it waits in the thread for whoever wants it.
        noteIn(incident, 'postmortem-drafted', draftedMessage(incident), { open: publishDue !== undefined }),
        ...(publishDue ? [planOf(incident)] : []),
        ...(owner ? given(incident, owner) : []),
      ];
    },
    postmortemOwnerNamed: ({ person }, incident, by) => [
      noteIn(incident, 'postmortem-owner', ownerMessage(incident, person, by)),
      ...(person === by ? [] : given(incident, person)),
    ],
    postmortemInReview: (_, incident, by) => [
      noteIn(incident, 'postmortem-in-review', inReviewMessage(incident, by), { open: true }),
    ],
    postmortemPublished: (_, incident, by) => [
      noteIn(incident, 'postmortem-published', publishedMessage(incident, by), { open: true }),
      ...announceOf(incident),
    ],
    postmortemReopened: ({ reason }, incident, by) => [
      noteIn(incident, 'postmortem-reopened', reopenedMessage(incident, by, reason), { open: true }),
    ],
  },
};

/** Whoever is to write it is told, and can see what it is about. */
function given(incident: Incident, owner: string): Effect[] {
  const isIn = incident.members.includes(owner) || !incident.channel;
  return [...(incident.postmortem ? [tellOwner(incident, owner)] : []), ...(isIn ? [] : [inviteTo(incident, owner)])];
}
