import type { Button, KnownBlock } from '@slack/types';
import type { Incident } from '../../incident/incident.ts';
import {
  isAccepted,
  isAtPager,
  isOpenPage,
  isRequest,
  type Page,
  type PageTarget,
  type WayTried,
} from '../../incident/page.ts';
import { hostOf } from '../../incident/paging.ts';
import { actions, button, context, cut, escape, type Message, section, time } from '../../slack/blocks.ts';
import { quote } from '../../slack/incident-words.ts';
import { mention } from '../../slack/mention.ts';
import { incidentName } from '../../slack/views.ts';
import type { Misnamed } from './misdirected.ts';
import { declinersOf, rungBy, taker, takersOf, wayNames, whom } from './names.ts';

/** How a page stands, in a few words. */
export function stateOf(page: Page): string {
  if (page.state === 'resolved') return page.takers.length > 0 ? `over; ${takersOf(page)} had it` : 'over';
  if (page.state === 'acknowledged') return `:white_check_mark: ${takersOf(page) || 'somebody'} has it`;
  if (page.state === 'declined') return `:no_entry_sign: ${declinersOf(page)} cannot come`;
  if (hasFailed(page)) return ':x: nobody could be woken';
  if (!isAccepted(page)) return ':hourglass_flowing_sand: not accepted yet';
  const at = page.assigned.length > 0 ? ` at ${rungBy(page)}` : '';
  const out = page.decliners ? `; ${declinersOf(page)} cannot come` : '';
  return `${page.untakenAt ? ':warning: nobody has taken it' : ':bell: ringing'}${at}${out}`;
}

/** Every way was tried, and none is left or still under way. */
export const hasFailed = ({ ways }: Page): boolean => ways.every(({ outcome }) => outcome === 'failed');

/** For the headline: who is paged, and who has answered. Those that are over are in the thread. */
export function pagingLine({ pages }: Incident): string[] {
  const open = pages.filter(isOpenPage);
  if (open.length === 0) return [];
  const said = open.slice(-mostShown).map((page) => `${whom(page.target)}: ${stateOf(page)}`);
  const more = open.length > mostShown ? [`and ${open.length - mostShown} more`] : [];
  return [`*Paged* ${[...said, ...more].join(' · ')}`];
}

/** On one line; the rest is in the thread. */
const mostShown = 4;

const value = (incident: Incident, { number }: Page) => JSON.stringify([incident.id, number]);

/** In the thread of the headline: who was paged, when, by whom and why, by which ways, and what came of it. */
export function cardMessage(incident: Incident, page: Page): Message {
  const why = causeOf(page, incident);
  const { url } = page.outside ?? hostOf(incident, page)?.outside ?? {};
  const outside = url ? ` · <${url}|In PagerDuty>` : '';
  return {
    text: `Page to ${whom(page.target)}`,
    blocks: [
      section(`*Page to ${whom(page.target)}*, ${time(page.at)} ${why}${outside}\n${stateOf(page)}`),
      ...(page.why ? [section(quote(cut(page.why, 500)))] : []),
      context(page.ways.map(wayLine).join('\n')),
      ...page.notes.slice(-3).map((note) => context(`Note of ${taker(note.by ?? {})}: ${escape(cut(note.text, 500))}`)),
      ...buttons(incident, page),
    ],
  };
}

const causeOf = (page: Page, incident: Incident): string =>
  ({
    asked: `by ${mention(page.by)}${helpWith(incident, page)}`,
    severity: 'as its severity demands',
    begun: 'by PagerDuty itself: the incident began with it',
  })[page.cause];

function helpWith(incident: Incident, page: Page): string {
  const host = hostOf(incident, page);
  return host ? `, to help with the page to ${whom(host.target)}` : '';
}

function wayLine({ way, outcome, why, at }: WayTried): string {
  const name = wayNames[way];
  const because = why ? `: ${escape(cut(why, 200))}` : '';
  if (outcome === 'accepted') return `:white_check_mark: Accepted by ${name}${at ? ` ${time(at)}` : ''}`;
  if (outcome === 'failed') return `:x: Not by ${name}${because}`;
  if (outcome === 'late') return `:hourglass_flowing_sand: Not yet by ${name}${because}; it is still being tried`;
  return `:hourglass_flowing_sand: On its way by ${name}`;
}

function buttons(incident: Incident, page: Page): KnownBlock[] {
  const other = button('page-other', 'Page someone else', incident.id);
  if (!isOpenPage(page)) return [];
  if (page.state === 'declined') return [actions(`page-${page.number}`, [other])];
  const take: Button = { ...button('page-take', 'I take it', value(incident, page)), style: 'primary' };
  const escalate =
    isAtPager(page) && !isRequest(page) ? [button('page-escalate', 'Escalate', value(incident, page))] : [];
  return [actions(`page-${page.number}`, [take, ...escalate, other])];
}

/** To the commander, or whoever declared. */
export function untakenMessage(incident: Incident, page: Page, minutes: number): Message {
  const text = `Nobody has taken the page to ${whom(page.target)} for ${minutes} min`;
  return {
    text,
    blocks: [section(`:warning: ${text}.\n${incidentName(incident)}`), ...buttons(incident, page)],
  };
}

/** To whoever asked, and whoever runs it. */
export function declinedMessage(incident: Incident, page: Page): Message {
  const rest =
    page.state === 'ringing' ? `it still rings${page.target.kind === 'target' ? ' their team' : ''}` : 'nobody has it';
  const text = `${declinersOf(page)} cannot come for the page to ${whom(page.target)}; ${rest}`;
  return {
    text,
    blocks: [
      section(`:no_entry_sign: ${text}. Page someone else if you need them now.\n${incidentName(incident)}`),
      ...buttons(incident, page),
    ],
  };
}

/** No way has accepted, and none is left: people have to be called by people. */
export function failedMessage(incident: Incident, page: Page): Message {
  const why = hasFailed(page) ? 'no way was accepted' : 'no way has accepted it so far';
  const text = `I could not wake ${whom(page.target)}: ${why}. Call them yourself, or page someone else`;
  return {
    text,
    blocks: [
      section(`:rotating_light: ${text}.\n${incidentName(incident)}`),
      context(page.ways.map(wayLine).join('\n')),
      actions(`page-failed-${page.number}`, [button('page-other', 'Page someone else', incident.id)]),
    ],
  };
}

/** To those who can put the policy right. */
export function misdirectedMessage(target: PageTarget, names: Misnamed[], why: string): Message {
  const what = names.map((one) => `the ${one.what}`).join(', or not ');
  const text = `PagerDuty does not know ${what}, so a page to ${whom(target)} could not go there`;
  const where = names.map((one) => `\`${one.where}\``).join(' or ');
  return {
    text,
    blocks: [
      section(
        `:rotating_light: ${text}.\nAsk whoever runs me to put it right at ${where} and to restart me; \`npm run doctor\` says what there is.`,
      ),
      context(escape(cut(why, 200))),
    ],
  };
}

export function refusedMessage(why: string): Message {
  const text = 'PagerDuty refuses my token, so pages go by the second way';
  return {
    text,
    blocks: [
      section(
        `:rotating_light: ${text}.\nAsk whoever runs me to renew \`PAGERDUTY_TOKEN\` or the routing key and to restart me; \`npm run doctor\` says which.`,
      ),
      context(escape(cut(why, 200))),
    ],
  };
}
