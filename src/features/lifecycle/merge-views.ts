import type { Incident } from '../../incident/incident.ts';
import { actions, field, type Message, option, plain, section } from '../../slack/blocks.ts';
import { mention } from '../../slack/mention.ts';
import type { IncidentForm } from '../../slack/on-incident.ts';
import { incidentName } from '../../slack/views.ts';
import { joinOther } from './headline.ts';

/** Slack's limit for the options of a select. */
const mostOptions = 100;

/** `others`: where it could go on, the likeliest first. */
export function mergeModal(
  incident: Incident,
  others: Incident[],
  similar: Incident[],
): ReturnType<IncidentForm['modal']> {
  const options = others
    .slice(0, mostOptions)
    .map(({ id, number, title, isPrivate }) => option(id, `#${number} ${isPrivate ? '(private) ' : ''}${title}`));
  const [likely] = similar;
  const first = options.find(({ value }) => value === likely?.id);
  return {
    type: 'modal',
    title: plain('Merge'),
    submit: plain('Merge'),
    close: plain('Back'),
    blocks: [
      section(
        `${incidentName(incident)} ends here and goes on as another one. Its people are told where; it is not counted in any figure.`,
      ),
      field('into', 'Which one is it the same as?', {
        type: 'static_select',
        placeholder: plain('Choose an incident', 150),
        options,
        ...(first && { initial_option: first }),
      }),
    ],
  };
}

export const noOther: Message = {
  text: 'No other incident is open that you can see, so there is nothing to merge this one into.',
};

/** In the channel of the one that ends. `into` is absent where its name is nobody's business here. */
export function mergedMessage(by: string, into: Incident | undefined): Message {
  if (!into) {
    const text = `${mention(by)} merged this into a private incident. If it is yours too, ask them to invite you.`;
    return { text: 'It goes on in a private incident', blocks: [section(`:twisted_rightwards_arrows: ${text}`)] };
  }
  return {
    text: `It goes on as #${into.number}`,
    blocks: [
      section(`:twisted_rightwards_arrows: ${mention(by)} merged this into ${incidentName(into)}. Work goes on there.`),
      actions('merged', [joinOther(into)]),
    ],
  };
}

/** In the channel of the one that goes on. */
export function absorbedMessage(by: string, number: number, other: Incident | undefined): Message {
  const name = other ? incidentName(other) : `*#${number}*, a private incident,`;
  return {
    text: `#${number} was merged into this`,
    blocks: [
      section(
        `:twisted_rightwards_arrows: ${mention(by)} merged ${name} into this one. Its people are told to come here.`,
      ),
    ],
  };
}
