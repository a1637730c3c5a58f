import type { Incident } from '../incident/incident.ts';
import { actions, button, context, cut, escape, type Message, option, plain, section } from './blocks.ts';

/** `#7 Checkout is failing`, safe for mrkdwn; with its channel where there is one. */
export function incidentName(incident: Incident): string {
  const lock = incident.isPrivate ? ':lock: ' : '';
  const practice = incident.isPractice ? ':test_tube: Practice ' : '';
  return `${lock}${practice}*#${incident.number}* ${escape(cut(incident.title, 150))}${incident.channel ? ` in <#${incident.channel.id}>` : ''}`;
}

/** Offers to take what was typed as the title of a new incident. */
export const declareThis = (words: string) => button('declare-this', 'Declare this', words);

export function unknownWord(word: string, near: string | undefined, typed: string): Message {
  const meant = near ? ` Did you mean \`/incident ${near}\`?` : ' `/incident help` shows what I do know.';
  return {
    text: `I do not know that command.${meant}`,
    blocks: [
      section(`I do not know *${escape(cut(word, 60))}*.${meant} If this is something new, declare it.`),
      actions('unknown-word', [declareThis(typed)]),
    ],
  };
}

/** Slack's limit for the options of a select. */
const mostOptions = 100;

/** `delivery` is where the command as typed is kept; the text of an update would not fit into a button. */
export function askWhichIncident(incidents: Incident[], name: string, delivery: string, typed: string): Message {
  return {
    text: 'Which incident?',
    blocks: [
      section(`\`/incident ${name}\` is about one incident. Which?`),
      context(`I have kept what you typed: ${escape(cut(typed, 300))}`),
      actions(`for:${delivery}`, [
        {
          type: 'static_select',
          action_id: 'choose-incident',
          placeholder: plain('Choose an incident', 150),
          options: incidents
            .slice(0, mostOptions)
            .map((incident) =>
              option(incident.id, `#${incident.number} ${incident.isPractice ? 'Practice · ' : ''}${incident.title}`),
            ),
        },
        declareThis(typed),
      ]),
    ],
  };
}

export function noOpenIncident(typed: string): Message {
  return {
    text: 'No incident is open that you can see.',
    blocks: [section('No incident is open that you can see.'), actions('no-open-incident', [declareThis(typed)])],
  };
}

export const done = (incident: Incident): Message => ({ text: `Done for ${incidentName(incident)}.` });
