import type { ViewStateValue } from '@slack/bolt';

type State = Record<string, Record<string, ViewStateValue>>;

/** A submitted or half-filled form as `{ [field name]: value }`; an empty field is absent. Fields are made by `field` in blocks.ts. */
export function formValues(values: State): Record<string, string | string[] | Date | undefined> {
  return Object.fromEntries(Object.entries(values).map(([name, block]) => [name, readValue(Object.values(block)[0])]));
}

function readValue(value: ViewStateValue | undefined): string | string[] | Date | undefined {
  if (!value) return undefined;
  // Unix seconds. https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element
  if (value.selected_date_time) return new Date(value.selected_date_time * 1000);
  if (value.selected_options) return value.selected_options.map((option) => option.value);
  if (value.selected_users) return value.selected_users;
  if (value.selected_user) return value.selected_user;
  return value.selected_option?.value ?? value.value ?? undefined;
}
