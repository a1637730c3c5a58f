import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { Incident, Link } from '../../incident/incident.ts';
import type { Policy } from '../../policy.ts';
import { actions, button, context, cut, escape, field, type Message, plain, section } from '../../slack/blocks.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';
import { bridgeOf } from './bridge.ts';

/** A button that leads to the call, for the headline; nothing where the policy names none. */
export function bridgeButton(incident: Incident, policy: Policy): ActionsBlockElement[] {
  const url = bridgeOf(incident, policy);
  return url ? [{ type: 'button', action_id: 'join-call', text: plain('Join the call'), url }] : [];
}

/** As a link that people can press. An address with what Slack reads as the end of it is shown as text. */
const linkTo = ({ title, url }: Link): string =>
  /[<>|\s]/.test(url) || url.length > 1000
    ? `${escape(cut(title, 100))}: ${escape(cut(url, 300))}`
    : `<${url.replaceAll('&', '&amp;')}|${escape(cut(title, 100)).replaceAll('|', '/')}>`;

/** Slack takes 50 blocks in a message. */
const mostLinks = 20;
const mostRelated = 20;

/** `related`: those that the person may see. */
export function linksMessage(incident: Incident, related: Incident[], policy: Policy): Message {
  const { links } = incident;
  const bridge = bridgeOf(incident, policy);
  const text = links.length === 0 ? 'No links yet' : `${links.length} ${links.length === 1 ? 'link' : 'links'}`;
  return {
    text,
    blocks: [
      section(`*${text}* · ${incidentName(incident)}`),
      ...(bridge ? [section(linkTo({ title: 'Join the call', url: bridge }))] : []),
      ...links.slice(-mostLinks).map(
        (link, index): KnownBlock => ({
          ...section(linkTo(link)),
          accessory: button(
            'remove-link',
            'Remove',
            JSON.stringify([incident.id, placeOf(links, index), startOf(link)]),
          ),
        }),
      ),
      ...(links.length > mostLinks ? [context(`and ${links.length - mostLinks} older ones`)] : []),
      ...related.slice(0, mostRelated).map((other) => context(`Related: ${incidentName(other)}`)),
      actions('links', [button('open-link', 'Add a link', incident.id)]),
      context('`/incident link https://… [title]` · `/incident link #12` for a related incident'),
    ],
  };
}

/** Enough to tell that the link at that place is still the one that was shown. */
export const startOf = ({ url }: Link) => url.slice(0, 200);

/** The number of a link among all, where only the newest are shown. */
const placeOf = (links: Link[], index: number) => Math.max(0, links.length - mostLinks) + index;

export function linkModal(incident: Incident, typed = ''): ReturnType<IncidentForm['modal']> {
  return {
    type: 'modal',
    title: plain('Add a link'),
    submit: plain('Add'),
    close: plain('Cancel'),
    blocks: [
      section(incidentName(incident)),
      field('url', 'Address', {
        type: 'url_text_input',
        ...(URL.canParse(typed) && { initial_value: typed.slice(0, 2000) }),
      }),
      field('title', 'What is it?', { type: 'plain_text_input', max_length: 100 }, { optional: true }),
    ],
  };
}

export const linkAddedMessage = (link: Link, by: string): Message => ({
  text: `Link added: ${escape(link.title)}`,
  blocks: [section(`:link: <@${by}> added ${linkTo(link)}`)],
});

export const relatedMessage = (number: number, by: string): Message => ({
  text: `Related to #${number}`,
  blocks: [section(`:link: <@${by}> marked *#${number}* as related`)],
});

export function notALink(typed: string): Message {
  return {
    text: 'That is no address I can keep.',
    blocks: [
      section(`*${escape(cut(typed, 100))}* is no address I can keep.`),
      context('It begins with https:// and has at most 2,000 characters. For a related incident: `/incident link #12`'),
    ],
  };
}
