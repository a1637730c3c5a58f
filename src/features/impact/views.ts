import type { KnownBlock } from '@slack/types';
import type { EventOf } from '../../incident/events.ts';
import type { Interval } from '../../incident/impact.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Policy } from '../../policy.ts';
import {
  button,
  cut,
  duration,
  escape,
  field,
  type Message,
  option,
  plain,
  seconds,
  section,
  time,
} from '../../slack/blocks.ts';
import { impactSentence, withQuote } from '../../slack/incident-words.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';

/** What customers feel as one line: since when, how many, in what, and when before. */
export function impactLine(incident: Incident, policy: Policy, now: Date): string {
  return [impactSentence(incident, now), ...details(incident, policy), ...before(incident)].join(' · ');
}

function details({ impact }: Incident, policy: Policy): string[] {
  if (impact.felt !== 'yes') return [];
  const names = (impact.journeys ?? []).map((key) => policy.journeys[key]?.name ?? key).join(', ');
  return [
    ...(impact.share === undefined ? [] : [`about ${impact.share} % of them`]),
    ...(names ? [escape(cut(names, 200))] : []),
  ];
}

function before({ earlierImpacts: all }: Incident): string[] {
  const last = all.at(-1);
  if (!last) return [];
  const others = all.length > 1 ? ` and ${all.length - 1} times more` : '';
  return [`before that ${stretch(last)}${others}`];
}

function stretch({ started, ended }: Interval): string {
  if (started && ended)
    return `from ${time(started)} until ${time(ended)} (${duration(ended.getTime() - started.getTime())})`;
  if (ended) return `until ${time(ended)}`;
  return started ? `from ${time(started)}` : 'once';
}

/** On the headline of a warm issue: what it waits to be told. */
export const customersAffected = (incident: Incident) =>
  button('customers-affected', 'Customers are affected', incident.id, 'danger');

const mostJourneys = 100;

/** `started`: since when, where the form was opened because customers feel it now. */
export function impactModal(
  incident: Incident,
  policy: Policy,
  now: Date,
  started?: Date,
): ReturnType<IncidentForm['modal']> {
  const { impact } = incident;
  const known: Interval = impact.felt === 'yes' ? impact : {};
  const options = [
    option('yes', known.ended ? 'Yes, as below' : 'Yes'),
    // Slack lets nobody empty the times again, so another stretch is an answer of its own.
    ...(known.ended ? [option('again', 'Yes, and now they feel it again')] : []),
    option('no', 'No'),
    option('unknown', 'Not known'),
  ];
  const felt = options.find(({ value }) => value === (started ? 'yes' : impact.felt));
  return {
    type: 'modal',
    title: plain('What customers feel'),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      section(`${incidentName(incident)}\nCustomers ${impactLine(incident, policy, now)}.`),
      field('felt', 'Do customers feel it?', {
        type: 'radio_buttons',
        options,
        ...(felt && { initial_option: felt }),
      }),
      moment('started', 'Since when?', started ?? known.started, 'Leave it empty if nobody knows.'),
      moment('ended', 'When did it end?', known.ended, 'Leave it empty while they feel it, or if nobody knows.'),
      field(
        'share',
        'How many of the customers, in per cent?',
        {
          type: 'number_input',
          is_decimal_allowed: true,
          min_value: '0',
          max_value: '100',
          ...(known.share !== undefined && { initial_value: String(known.share) }),
        },
        { optional: true, hint: 'A rough number is better than none.' },
      ),
      ...journeysField(known, policy),
      reasonField(incident),
    ],
  };
}

const moment = (name: string, label: string, at: Date | undefined, hint: string): KnownBlock =>
  field(
    name,
    label,
    { type: 'datetimepicker', ...(at && { initial_date_time: seconds(at) }) },
    { optional: true, hint },
  );

function journeysField(known: Interval, policy: Policy): KnownBlock[] {
  const options = Object.entries(policy.journeys)
    .slice(0, mostJourneys)
    .map(([key, { name }]) => option(key, name));
  if (options.length === 0) return [];
  const chosen = options.filter(({ value }) => known.journeys?.includes(value ?? ''));
  return [
    field(
      'journeys',
      'What can they not do?',
      { type: 'multi_static_select', options, ...(chosen.length > 0 && { initial_options: chosen }) },
      { optional: true },
    ),
  ];
}

const reasonField = (incident: Incident): KnownBlock =>
  field(
    'reason',
    'If you correct something: why?',
    { type: 'plain_text_input', max_length: 3000 },
    { optional: true, ...(incident.reached.resolved && { hint: 'Once it is over, people have read it: say why.' }) },
  );

/** The line in the thread. With a reason it corrects what was said before. */
export function impactMessage(
  { reason, again = false }: { reason: string; again?: boolean },
  incident: Incident,
  policy: Policy,
  by: string,
  now: Date,
): Message {
  const verb = reason ? 'corrected what customers feel' : 'said what customers feel';
  const text = `<@${by}> ${again ? 'said that customers feel it again' : verb}: customers ${impactLine(incident, policy, now)}.`;
  return { text: 'What customers feel changed', blocks: withQuote(text, reason) };
}

/** `typed` was none of these. */
export function whichImpact(typed: string): Message {
  const ways = [
    '`/incident impact yes since 14:05`, `yes` when nobody knows since when',
    '`/incident impact 20 %` how many of the customers',
    '`/incident impact ended 10 minutes ago`',
    '`/incident impact no`, or `unknown`',
  ];
  const text = `I do not understand *${escape(cut(typed, 100))}*.`;
  return {
    text: 'What do customers feel?',
    blocks: [
      section(
        `${text} Say it like this:\n${ways.join('\n')}\nAdd \`because …\` to correct something. \`/incident impact\` alone opens the form.`,
      ),
    ],
  };
}

const namesOfTimes = {
  detected: 'when the first sign of it was seen',
  declared: 'when it was declared',
  resolved: 'when it was resolved',
} as const;

export type Correctable = keyof typeof namesOfTimes;

/** `of`, `to` and `reason`: what was typed already. */
export function correctModal(
  incident: Incident,
  { of, to, reason = '' }: { of?: Correctable; to?: Date; reason?: string } = {},
): ReturnType<IncidentForm['modal']> {
  const known = { detected: incident.detectedAt, declared: incident.declaredAt, resolved: incident.resolvedAt };
  const options = (['detected', 'declared', 'resolved'] as const)
    .filter((name) => name !== 'resolved' || known.resolved)
    .map((name) => option(name, capital(namesOfTimes[name])));
  const chosen = options.find(({ value }) => value === of);
  return {
    type: 'modal',
    title: plain('Correct a time'),
    submit: plain('Correct'),
    close: plain('Cancel'),
    blocks: [
      section(`${incidentName(incident)}\n${timesKnown(known)}\nThe record keeps both, the old time and the new one.`),
      field('of', 'Which time?', { type: 'radio_buttons', options, ...(chosen && { initial_option: chosen }) }),
      field('to', 'When was it?', { type: 'datetimepicker', ...(to && { initial_date_time: seconds(to) }) }),
      field('reason', 'Why?', {
        type: 'plain_text_input',
        max_length: 3000,
        ...(reason && { initial_value: cut(reason.replace(/\s+/g, ' '), 3000) }),
      }),
    ],
  };
}

const timesKnown = (known: Record<Correctable, Date | undefined>) =>
  (['detected', 'declared', 'resolved'] as const)
    .flatMap((name) => (known[name] ? [`${capital(name)} ${time(known[name])}`] : []))
    .join(' · ');

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function correctedMessage({ of, from, to, reason }: EventOf<'timeCorrected'>, by: string): Message {
  const old = from ? ` instead of ${time(from)}` : '';
  return {
    text: 'A time was corrected',
    blocks: withQuote(`<@${by}> corrected ${namesOfTimes[of]}: ${time(to)}${old}`, reason),
  };
}

export function whichTime(typed: string): Message {
  return {
    text: 'Which time?',
    blocks: [
      section(
        `I do not understand *${escape(cut(typed, 100))}*. Say it like this: \`/incident correct declared 14:05 because the page came first\`. Times: \`detected\`, \`declared\`, \`resolved\`. \`/incident correct\` alone opens the form.`,
      ),
    ],
  };
}
