import type { Feature } from '../../feature.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Effect } from '../../outbox/effect.ts';
import type { Message } from '../../slack/blocks.ts';
import { noteIn } from '../channel/note.ts';
import { listenToChanges } from './change.ts';
import { listenToKeeping } from './keep-message.ts';
import { listenToPins, markKept, timelineWish } from './pins.ts';
import { listen, timelineSubcommand } from './slack.ts';
import { addedNote, changedNote } from './views.ts';

/** What people read afterwards: kept by a pin, a reaction, a shortcut or a line of one's own, and put right where it is wrong. */
export const timeline: Feature = {
  name: 'timeline',
  subcommands: [timelineSubcommand],
  listeners: (app, inside) => {
    listen(app, inside);
    listenToPins(app, inside);
    listenToKeeping(app, inside);
    listenToChanges(app, inside);
  },
  tray: [
    { action: 'open-timeline', label: 'Timeline', group: 'work', may: 'see', when: () => true },
    {
      action: 'open-timeline-entry',
      label: 'Add to the timeline',
      group: 'rare',
      may: 'addToTimeline',
      when: () => true,
    },
  ],
  wishes: [timelineWish],
  reactions: {
    timelineAdded: (event, incident, by) => {
      const { source } = event;
      const isHere = source && source.channel === incident.channel?.id;
      return isHere ? markKept(incident, source, true) : noted(incident, addedNote(event, by));
    },
    timelineRemoved: ({ source }, incident) => markKept(incident, source, false),
    timelineChanged: (event, incident, by) => noted(incident, changedNote(event, by)),
  },
};

/** Once the channel takes no more, the record alone says so: it is put right long after the incident. */
const noted = (incident: Incident, message: Message): Effect[] =>
  incident.channel && !incident.channelGone ? [noteIn(incident, 'timeline', message)] : [];
