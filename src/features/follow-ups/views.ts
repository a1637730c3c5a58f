import type { KnownBlock } from '@slack/types';
import type { FollowUp, Incident, Place } from '../../incident/incident.ts';
import { isOver } from '../../incident/lifecycle.ts';
import { actions, button, context, cut, escape, type Message, option, section } from '../../slack/blocks.ts';
import { incidentName } from '../../slack/views.ts';
import { openTasks } from '../tasks/views.ts';
import { followUpLine, oneLine, openFollowUps } from './lines.ts';
import { carryOver, valueOf } from './messages.ts';

const mostOnPage = 10;

/** Those that are open first, soonest first, then what is done. `linkTo`: the address of a message. */
export function followUpsMessage(incident: Incident, now: Date, linkTo: (place: Place) => string, from = 0): Message {
  const open = openFollowUps(incident);
  const all = [...open, ...incident.followUps.filter(({ done }) => done)];
  // What was on this page may have been dropped.
  const first = from < all.length ? Math.max(0, from) : 0;
  const text =
    open.length === 0 ? 'No open follow-ups' : `${open.length} open ${open.length === 1 ? 'follow-up' : 'follow-ups'}`;
  return {
    text,
    blocks: [
      section(`*${text}* · ${incidentName(incident)}`),
      ...all.slice(first, first + mostOnPage).flatMap((one) => row(incident, one, { now, linkTo, from: first })),
      actions('follow-ups', [...turning(incident, first, all.length), ...adding(incident)]),
      context('`/incident followup Add an alert on the queue @ben by Friday` · `followup done 3` · `followup 3 @ben`'),
    ],
  };
}

const page = (incident: Incident, from: number, label: string, id: string) =>
  button(`follow-ups-${id}`, label, JSON.stringify([incident.id, from]));

const turning = (incident: Incident, first: number, count: number) => [
  ...(first > 0 ? [page(incident, Math.max(0, first - mostOnPage), 'Back', 'back')] : []),
  ...(first + mostOnPage < count
    ? [page(incident, first + mostOnPage, `${count - first - mostOnPage} more`, 'more')]
    : []),
];

function adding(incident: Incident) {
  const left = openTasks(incident);
  return [
    button('open-follow-up', 'Add a follow-up', incident.id),
    ...(isOver(incident) && left.length > 0 ? [carryOver(incident, left)] : []),
  ];
}

function row(
  incident: Incident,
  followUp: FollowUp,
  { now, linkTo, from }: { now: Date; linkTo: (place: Place) => string; from: number },
): KnownBlock[] {
  const { number, done, source, proof } = followUp;
  const link = source ? ` · <${linkTo(source)}|message>` : '';
  const said = done ? `~${followUpLine(followUp, { longest: 150 })}~` : followUpLine(followUp, { now });
  return [
    { ...section(said + link), accessory: followUpMenu('follow-up-menu', incident, number, { done, from }) },
    ...(proof && !done ? [context(`Done when: ${oneLine(proof, 300)}`)] : []),
  ];
}

/** What can be done about one, beside it. */
export function followUpMenu(
  action: string,
  incident: Incident,
  number: number,
  { done, from = 0 }: { done?: unknown; from?: number } = {},
) {
  const choices: [string, string][] = done
    ? [['reopen', 'Reopen']]
    : [
        ['done', 'Done'],
        ['take', 'I take it'],
        ['edit', 'Edit'],
        ['date', 'New date'],
        ['drop', 'Drop'],
      ];
  return {
    type: 'overflow' as const,
    action_id: action,
    options: choices.map(([what, label]) => option(valueOf(incident, number, what, from), label)),
  };
}

/** `typed`: what stands after "by". */
export const notADate = (typed: string, text: string): Message => ({
  text: 'I do not understand that date.',
  blocks: [
    section(`I do not understand the date *${escape(cut(typed, 60))}*, or it has passed. Nothing was changed.`),
    context(`Try \`by Friday\`, \`by 2026-12-24\` or \`by in 3 weeks\`. You typed: ${escape(cut(text, 500))}`),
  ],
});

export const unclearFollowUp = (near: string): Message => ({
  text: `Did you mean \`/incident followup ${near}\`? Nothing was changed.`,
});

export const notATicket: Message = { text: 'That is no address of a ticket. Nothing was changed.' };

export const noIncidentForFollowUp: Message = {
  text: 'A follow-up belongs to an incident, and there is none that you can see. `/incident` declares one.',
};
