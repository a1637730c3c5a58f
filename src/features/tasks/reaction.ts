import type { Incident, Place } from '../../incident/incident.ts';
import { longestTask } from '../../incident/task-commands.ts';
import type { Effect } from '../../outbox/effect.ts';
import { defineWish, marking } from '../../slack/reactions.ts';
import { textOfMessage } from '../../slack/text.ts';

/** What the bot answers with: kept, and done. */
const kept = 'memo';
const finished = 'white_check_mark';

/** A message with this reaction is a task; after the last has been taken away it is none. */
export const taskWish = defineWish({
  name: 'tasks',
  asks: 'ballot_box_with_check',
  may: 'workOnTasks',
  whileOpen: true,
  purpose: 'make a task of a message',
  undone: 'No task was made of it.',
  heed({ tasks }, { message, asking }, { person }) {
    const { channel, ts, text } = message;
    const task = tasks.find(({ source }) => source?.ts === ts && source.channel === channel);
    if (asking.length > 0 && !task && asking.includes(person))
      return {
        report: { type: 'addTask', text: textOfMessage(text, longestTask), source: { channel, ts } },
        by: person,
      };
    if (asking.length === 0 && task && !task.done)
      return { report: { type: 'dropTask', number: task.number }, by: person };
    return {};
  },
});

export const markKept = (incident: Incident, at: Place, there: boolean): Effect => marking(incident, at, kept, there);
export const markFinished = (incident: Incident, at: Place, there: boolean): Effect =>
  marking(incident, at, finished, there);
