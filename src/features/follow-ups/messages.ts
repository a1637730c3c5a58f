import type { FollowUp, Incident, Task } from '../../incident/incident.ts';
import { actions, button, context, cut, escape, type Message, section, time } from '../../slack/blocks.ts';
import { quote } from '../../slack/incident-words.ts';
import { incidentName } from '../../slack/views.ts';
import type { Hint } from './hints.ts';
import { followUpLine, oneLine } from './lines.ts';

const whole = 500;

export function followUpNote(
  what: 'added' | 'changed' | 'done' | 'reopened' | 'ticketed',
  followUp: FollowUp,
  by: string,
): Message {
  const words = {
    added: 'added a follow-up',
    changed: 'changed a follow-up',
    done: 'finished a follow-up',
    reopened: 'reopened a follow-up',
    ticketed: 'keeps a follow-up in a ticket',
  };
  return {
    text: `Follow-up ${followUp.number} ${what}: ${oneLine(followUp.text, 200)}`,
    blocks: [section(`<@${by}> ${words[what]}: ${followUpLine(followUp, { longest: whole })}`)],
  };
}

const mostCarried = 20;

/** One message for all of them. */
export function carriedNote(made: FollowUp[], by: string): Message {
  const text = `<@${by}> made follow-ups of ${countOf(made.length, 'task')} that were left`;
  const lines = made.slice(0, mostCarried).map((one) => followUpLine(one, { longest: 100 }));
  const rest = made.length > mostCarried ? [`and ${made.length - mostCarried} more`] : [];
  return { text, blocks: [section([text, ...lines, ...rest].join('\n'))] };
}

export function droppedNote(number: number, by: string, reason: string): Message {
  const text = `<@${by}> dropped follow-up ${number}`;
  return { text: `Follow-up ${number} dropped`, blocks: [section(reason ? `${text}\n${quote(reason)}` : text)] };
}

export const countOf = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

export const valueOf = (incident: Incident, number: number, what: string, from = 0) =>
  JSON.stringify([incident.id, number, what, from]);

function privately(
  incident: Incident,
  followUp: FollowUp,
  words: string,
  { mine = true, now }: { mine?: boolean; now?: Date },
): Message {
  const value = (what: string) => valueOf(incident, followUp.number, what);
  return {
    text: `${words}: ${oneLine(followUp.text, 200)}`,
    blocks: [
      section(
        `${words} in ${incidentName(incident)}\n${followUpLine(followUp, { longest: whole, ...(now && { now }) })}`,
      ),
      ...(followUp.proof ? [context(`Done when: ${oneLine(followUp.proof, 1000)}`)] : []),
      actions('follow-up-mine', [
        button('follow-up-done', 'Done', value('done')),
        button('follow-up-date', 'New date', value('date')),
        ...(mine ? [] : [button('follow-up-take', 'I take it', value('take'))]),
        button('open-follow-ups', 'All follow-ups', incident.id),
      ]),
    ],
  };
}

export const givenMessage = (incident: Incident, followUp: FollowUp, by: string): Message =>
  privately(incident, followUp, `<@${by}> gave you a follow-up`, {});

/** `person`: who hears of it, whether or not it is theirs. */
export function dueMessage(incident: Incident, followUp: FollowUp, person: string, now: Date): Message {
  const mine = followUp.owner === person;
  const whose = mine ? 'A follow-up of yours' : followUp.owner ? 'A follow-up' : 'A follow-up that nobody owns';
  const when = followUp.due <= now ? 'is overdue' : `is due ${time(followUp.due)}`;
  return privately(incident, followUp, `${whose} ${when}`, { mine, now });
}

/** What stands in the place of a message whose button was pressed. */
export const afterPress = (incident: Incident, number: number, words: string): Message => ({
  text: `${words}: follow-up ${number} of ${incidentName(incident)}.`,
});

export const hintLine = ({ why, rewrite }: Hint): string => `:bulb: ${escape(why)} ${escape(cut(rewrite, 600))}`;

/** For the one who wrote it: it is kept as it is. */
export function hintsMessage(incident: Incident, followUp: FollowUp, hints: Hint[]): Message {
  const { number, owner } = followUp;
  const take = owner ? [] : [button('follow-up-take', 'I take it', valueOf(incident, number, 'take'))];
  return {
    text: `Follow-up ${number} is kept. It is likelier to be done with a little more.`,
    blocks: [
      section(`Follow-up ${number} of ${incidentName(incident)} is kept: ${oneLine(followUp.text, 300)}`),
      context(hints.map(hintLine).join('\n')),
      actions('follow-up-hints', [
        button('follow-up-edit', 'Improve it', valueOf(incident, number, 'edit'), 'primary'),
        ...take,
      ]),
    ],
  };
}

const mostListed = 10;

/** After resolving: one press, and nothing that was begun is forgotten. */
export function offerMessage(incident: Incident, left: Task[]): Message {
  const text = `${countOf(left.length, 'task')} ${left.length === 1 ? 'is' : 'are'} left in ${incidentName(incident)}.`;
  const lines = left
    .slice(0, mostListed)
    .map((task) => `• ${oneLine(task.text, 150)}${task.owner ? ` · <@${task.owner}>` : ''}`);
  const rest = left.length > mostListed ? [`and ${left.length - mostListed} more`] : [];
  return {
    text: `${countOf(left.length, 'task')} left in #${incident.number}`,
    blocks: [
      section([text, ...lines, ...rest].join('\n')),
      actions('carry-over', [carryOver(incident, left), button('open-tasks', 'Show them', incident.id)]),
    ],
  };
}

export const carryOver = (incident: Incident, left: Task[]) =>
  button(
    'carry-over',
    `Make ${left.length === 1 ? 'a follow-up' : 'follow-ups'} of ${countOf(left.length, 'task')}`,
    incident.id,
  );

export function carriedMessage(incident: Incident, made: number): Message {
  const text =
    made === 0
      ? `The tasks of ${incidentName(incident)} are follow-ups already, or done.`
      : `${countOf(made, 'follow-up')} made in ${incidentName(incident)}. Who had the task owns it.`;
  return {
    text,
    blocks: [section(text), actions('carried-over', [button('open-follow-ups', 'Show them', incident.id)])],
  };
}
