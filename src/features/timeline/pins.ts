import type { App } from '@slack/bolt';
import type { Incident, Place } from '../../incident/incident.ts';
import { placeKey } from '../../incident/timeline.ts';
import { isFull } from '../../incident/timeline-changes.ts';
import type { Effect } from '../../outbox/effect.ts';
import { tellPerson } from '../../slack/answer.ts';
import type { Inside } from '../../slack/inside.ts';
import { onEvent } from '../../slack/listen.ts';
import { defineWish, marking } from '../../slack/reactions.ts';
import { refusalText } from '../../slack/refusals.ts';

/** What the bot answers with: another one than it is asked by, so its own answer asks for nothing. */
const kept = 'round_pushpin';

/** A message is in the timeline while somebody's :pushpin: is on it or it is pinned in Slack; after the last of them, no more. */
export const timelineWish = defineWish({
  name: 'timeline',
  asks: 'pushpin',
  pins: true,
  may: 'addToTimeline',
  whileOpen: false,
  purpose: 'keep a message in the timeline',
  undone: 'It was not kept in the timeline.',
  heed(incident, { message, asking, pinned }, { person, how }) {
    const source: Place = { channel: message.channel, ts: message.ts };
    // The headline is pinned by the bot, so that people find it: nobody asks for anything by that.
    const held = pinned && incident.headline?.ts !== source.ts;
    const isIn = incident.timelineSources.includes(placeKey(source));
    if (!isIn && (asking.includes(person) || (held && how === 'pin'))) {
      if (isFull(incident)) return { next: [full(person, source)] };
      return { keep: [message], report: { type: 'addToTimeline', source }, by: person };
    }
    if (isIn && asking.length === 0 && !held) return { report: { type: 'removeFromTimeline', source }, by: person };
    return {};
  },
});

const full = (person: string, source: Place): Effect =>
  tellPerson(person, `timeline-full:${placeKey(source)}`, { text: refusalText('timeline-full') });

/** Only where the bot is: in the incident's own channel, while that takes anything. */
export function markKept(incident: Incident, at: Place, there: boolean): Effect[] {
  const isHere = at.channel === incident.channel?.id && !incident.channelGone;
  return isHere ? [marking(incident, at, kept, there)] : [];
}

export function listenToPins(app: App, inside: Inside): void {
  timelineWish.listen(app, inside);
  onEvent(app, 'pin_added', inside, (event, delivery) => heed(event, delivery, true));
  onEvent(app, 'pin_removed', inside, (event, delivery) => heed(event, delivery, false));

  async function heed({ user, channel_id: channel, item }: Pinned, delivery: string, added: boolean): Promise<void> {
    const ts = item.message?.ts;
    if (ts) await timelineWish.take(inside, { channel, ts }, { person: user, how: 'pin' }, delivery, added);
  }
}

/** A file or a comment can be pinned as well; only messages are kept. */
interface Pinned {
  user: string;
  channel_id: string;
  item: { message?: { ts?: string } };
}
