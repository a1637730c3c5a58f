import type { KnownBlock } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import { writerOf } from '../../incident/reminders.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, context, cut, duration, type Message, section, time } from '../../slack/blocks.ts';
import { quote } from '../../slack/incident-words.ts';
import { isPerson, mention } from '../../slack/mention.ts';
import { incidentName } from '../../slack/views.ts';
import { promiseText } from './promise.ts';

/** A button is about one promise: which, it carries along. */
export const promiseValue = ({ id, nextUpdateDue: due }: Incident): string => `${id}@${due?.getTime() ?? ''}`;

export function readPromise(value: string): { id: string; due?: Date } {
  const [id = '', due = ''] = value.split('@');
  return { id, ...(due && { due: new Date(Number(due)) }) };
}

const post = (incident: Incident) => button('open-update', 'Post update', incident.id, 'primary');
const onIt = (incident: Incident) => button('claim-update', 'I’m on it', promiseValue(incident));
const minute = 60_000;
const snooze = (incident: Incident, { reminders }: Policy) =>
  button('snooze-update', `Snooze ${duration(reminders.snooze * minute)}`, promiseValue(incident));

/** To the writer, before it is due and once more after a snooze. */
export function reminderMessage(incident: Incident, due: Date, policy: Policy, now: Date): Message {
  const isLate = due <= now;
  const text = isLate ? `The update promised by ${time(due)} is overdue.` : `The next update is due by ${time(due)}.`;
  const whose = hasWriter(incident)
    ? 'You are the one who writes it.'
    : 'Nobody has taken this incident yet: whoever reads this first, please write it.';
  return {
    text: `${incidentName(incident)}: ${text}`,
    blocks: [
      section(`${isLate ? ':warning:' : ':alarm_clock:'} ${incidentName(incident)}\n${text} ${whose}`),
      ...lastSaid(incident),
      ...waiting(incident),
      actions('reminder', [post(incident), snooze(incident, policy), onIt(incident)]),
    ],
  };
}

function lastSaid({ latestUpdate }: Incident): KnownBlock[] {
  if (!latestUpdate) return [context('Nothing was posted yet.')];
  return [context(`Last said ${time(latestUpdate.at)}\n${quote(cut(latestUpdate.text, 300))}`)];
}

function waiting({ updateRequests: requests }: Incident): KnownBlock[] {
  if (requests.length === 0) return [];
  return [context(requests.length === 1 ? 'One person asked for it.' : `${requests.length} people asked for it.`)];
}

/** To the commander or who stands in for them, once. */
export function escalationMessage(incident: Incident, due: Date): Message {
  const { remindedTo, claimedBy } = incident.reminder ?? {};
  const text = `The update promised by ${time(due)} has not come.`;
  const told = [
    ...(remindedTo ? [`${mention(remindedTo)} was reminded.`] : []),
    ...(claimedBy ? [`<@${claimedBy}> said that they are on it.`] : []),
  ].join(' ');
  return {
    text: `${incidentName(incident)}: ${text}`,
    blocks: [
      section(`:warning: ${incidentName(incident)}\n${text} ${told}`),
      actions('escalation', [post(incident), onIt(incident)]),
    ],
  };
}

export function snoozedMessage(incident: Incident, until: Date): Message {
  const text = `${incidentName(incident)}\nI remind you again ${time(until)}. What people were promised stays: ${promise(incident)}.`;
  return { text, blocks: [section(text), actions('snoozed', [post(incident), onIt(incident)])] };
}

export function claimedMessage(incident: Incident): Message {
  const text = `${incidentName(incident)}\nYou are on it, and the headline says so. ${promise(incident)}.`;
  return { text, blocks: [section(text), actions('claimed', [post(incident)])] };
}

const promise = ({ nextUpdateDue: due }: Incident) => promiseText(due ?? 'on change');

/** To the writer: somebody waits for news. */
export function requestMessage(incident: Incident, by: string, question: string): Message {
  const text = `<@${by}> asks for an update on ${incidentName(incident)}.`;
  return {
    text,
    blocks: [
      section(`:raising_hand: ${text}`),
      ...(question ? [section(quote(question))] : []),
      context(promise(incident)),
      actions('request', [post(incident)]),
    ],
  };
}

/** One that began by itself and that nobody has taken has no writer yet. */
const hasWriter = (incident: Incident) => isPerson(writerOf(incident));
const writerName = (incident: Incident) => (hasWriter(incident) ? mention(writerOf(incident)) : 'its channel');

/** To who asked. */
export function askedMessage(incident: Incident): Message {
  return {
    text: `I have told ${writerName(incident)}. ${promise(incident)}. You hear from me when it is there.`,
  };
}

export function askedAlready(incident: Incident): Message {
  return { text: `You have asked already, and I told ${writerName(incident)}. ${promise(incident)}.` };
}

export function youWriteIt(incident: Incident): Message {
  const text = `You are the one who writes the updates on ${incidentName(incident)}. ${promise(incident)}.`;
  return { text, blocks: [section(text), actions('you-write-it', [post(incident)])] };
}

/** The answer to who asked: it is there, at this address. */
export function answerMessage(incident: Incident, news: 'updated' | 'resolved', link: string | undefined): Message {
  const what = news === 'resolved' ? 'is resolved' : 'has the update you asked for';
  const where = link ? ` <${link}|Read it>` : '';
  const text = `${incidentName(incident)} ${what}.${where}`;
  return { text, blocks: [section(text)] };
}
