/** Where a block or an element may be used: https://docs.slack.dev/blocks.json */
import { isObject, type Json } from '../json.ts';
import { type Problem, when } from './rules.ts';
import { type Found, walkBlocks, walkElements } from './walk.ts';

export type Surface = 'message' | 'modal' | 'home';

/** What is not named here is allowed everywhere. */
const blocks = new Map<unknown, Surface[]>([
  ['alert', ['modal']],
  ['carousel', ['message', 'home']],
  ['table', ['message', 'home']],
  ['data_table', ['message', 'home']],
  ['file', ['message']],
  ['container', ['message']],
  ['context_actions', ['message']],
  ['data_visualization', ['message']],
  ['markdown', ['message']],
  ['plan', ['message']],
  ['task_card', ['message']],
]);

const elements = new Map<unknown, Surface[]>([
  ['workflow_button', ['message']],
  ['feedback_buttons', ['message']],
  ['icon_button', ['message']],
  ['file_input', ['modal']],
  ['email_text_input', ['modal']],
  ['number_input', ['modal']],
  ['url_text_input', ['modal']],
  ['rich_text_input', ['modal', 'home']],
  ['datetimepicker', ['message', 'modal']],
]);

const misplaced =
  (allowed: Map<unknown, Surface[]>, surface: Surface) =>
  ({ value, pointer }: Found): Problem[] =>
    when(
      !(allowed.get(value.type) ?? [surface]).includes(surface),
      `${pointer}/type`,
      `unsupported type: ${value.type}`,
    );

/** "This field only works with menus in input blocks in modals." */
const answerable =
  (surface: Surface) =>
  ({ value, pointer }: Found): Problem[] => {
    const element = value.element;
    const asks = (given: unknown): given is Json => isObject(given) && given.response_url_enabled === true;
    const message = '`response_url_enabled` only works in input blocks in modals';
    if (asks(element)) return when(surface !== 'modal', `${pointer}/element/response_url_enabled`, message);
    return walkElements(value, pointer).flatMap((found) =>
      when(asks(found.value), `${found.pointer}/response_url_enabled`, message),
    );
  };

export function surfaceProblems(given: unknown, pointer: string, surface: Surface): Problem[] {
  return walkBlocks(given, pointer).flatMap((found) => [
    ...misplaced(blocks, surface)(found),
    ...walkElements(found.value, found.pointer).flatMap(misplaced(elements, surface)),
    ...answerable(surface)(found),
  ]);
}
