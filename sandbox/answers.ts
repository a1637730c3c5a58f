/** What a person picks or types, in the state its element reports; an external select is asked of the app first. */
import { stateWith } from './blocks.ts';
import { type Found, field, find, namingOf } from './find.ts';
import { isObject, type Json, objectOf, objects, textOf } from './json.ts';
import { basePayload, whereFrom } from './payload.ts';
import type { Slack } from './slack.ts';
import type { Choice, PersonInfo, Place } from './wire.ts';

export async function stateTyped(slack: Slack, person: PersonInfo, found: Found, value: unknown): Promise<Json> {
  const external = /external_select$/.test(String(found.element.type));
  if (!external || value === null || isObject(value)) return stateWith(found.element, value, namingOf(slack));
  const wanted = Array.isArray(value) ? value : [value];
  const options = [];
  for (const one of wanted) {
    if (isObject(one)) {
      options.push(one);
      continue;
    }
    const offered = await offers(slack, person, found, String(one));
    const fits = offered.find((choice) => choice.value === one || choice.text === one) ?? offered[0];
    if (!fits) throw new Error(`the app offers nothing for “${one}”`);
    options.push(fits);
  }
  return stateWith(found.element, Array.isArray(value) ? options : options[0], namingOf(slack));
}

async function offers(slack: Slack, person: PersonInfo, found: Found, typed: string): Promise<Choice[]> {
  const { container, view, channel, message } = whereFrom(slack, person, found);
  const { ack = {} } = await slack.deliver.interact({
    kind: 'interactive',
    type: 'block_suggestion',
    payload: {
      ...basePayload('block_suggestion', person),
      container,
      ...(isObject(view) && { view }),
      ...(isObject(channel) && { channel }),
      ...(isObject(message) && { message }),
      block_id: found.blockId,
      action_id: found.actionId,
      value: typed,
    },
  });
  const grouped = objects(ack.option_groups).flatMap(({ options }) => objects(options));
  return [...objects(ack.options), ...grouped].map(({ text, value }) => ({
    text: textOf(objectOf(text).text) ?? '',
    value: textOf(value) ?? '',
  }));
}

export const options = (slack: Slack, person: PersonInfo, id: string, typed: string, on: Place) =>
  offers(slack, person, find(slack, person, field(id), id, on), typed);
