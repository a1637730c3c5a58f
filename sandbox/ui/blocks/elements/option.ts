/** One line of a menu, whatever it was offered as. */
import type { ComponentChildren } from 'preact';
import { type Json, objects, textOf } from '../../../json.ts';
import { plainOf } from '../text/text.tsx';

export type Option = {
  value: string;
  label: string;
  /** drawn instead of the label */
  drawn?: ComponentChildren;
  description?: string;
  group?: string;
  icon?: ComponentChildren;
};

export function optionOf(given: Json, group?: string): Option {
  const description = plainOf(given.description);
  return {
    value: textOf(given.value) ?? '',
    label: plainOf(given.text),
    ...(description && { description }),
    ...(group && { group }),
  };
}

export const optionsIn = (element: Json): Option[] => [
  ...objects(element.options).map((option) => optionOf(option)),
  ...objects(element.option_groups).flatMap((group) =>
    objects(group.options).map((option) => optionOf(option, plainOf(group.label))),
  ),
];

/** Letters without case and accents, so that "jose" finds José. */
const folded = (words: string) => words.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

export function matching(options: Option[], typed: string): Option[] {
  const wanted = folded(typed.trim());
  if (wanted === '') return options;
  const found = options.filter(({ label, description = '' }) => folded(`${label} ${description}`).includes(wanted));
  const begins = (option: Option) => (folded(option.label).startsWith(wanted) ? 0 : 1);
  return found.toSorted((one, other) => begins(one) - begins(other));
}
