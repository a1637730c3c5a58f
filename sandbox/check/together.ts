/** What no block breaks alone: ids used twice, and limits on everything in one payload. */
import { type Problem, problem, when } from './rules.ts';
import { charactersIn, isTable } from './tables.ts';
import { type Found, walkElements } from './walk.ts';

/** https://docs.slack.dev/reference/block-kit/blocks/markdown-block: for all of a payload together. */
const longestMarkdown = 12_000;
const longestTable = 10_000;
const mostCharts = 2;

function repeated(found: Found[], field: string): Problem[] {
  const seen = new Set<string>();
  return found.flatMap(({ value, pointer }) => {
    const id = value[field];
    if (typeof id !== 'string') return [];
    const known = seen.has(id);
    seen.add(id);
    return when(known, `${pointer}/${field}`, `\`${field}\` "${id}" already exists`);
  });
}

const ofType = (blocks: Found[], type: string) => blocks.filter(({ value }) => value.type === type);

function tooMuchMarkdown(blocks: Found[], pointer: string): Problem[] {
  const texts = ofType(blocks, 'markdown').map(({ value }) => String(value.text));
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  // One alone is told by its own rule.
  const wrong = length > longestMarkdown && texts.every((text) => text.length <= longestMarkdown);
  return when(wrong, pointer, `markdown blocks must be less than ${longestMarkdown + 1} characters together`);
}

function tooManyTables(blocks: Found[]): Problem[] {
  const tables = blocks.filter(({ value }) => isTable(value));
  return [
    ...tables.slice(1).flatMap(({ pointer }) => problem(pointer, 'only_one_table_allowed')),
    ...tables.flatMap(({ value, pointer }) =>
      when(
        charactersIn(value.rows) > longestTable,
        `${pointer}/rows`,
        `must be less than ${longestTable + 1} characters`,
      ),
    ),
  ];
}

function tooManyFocused(elements: Found[]): Problem[] {
  const focused = elements.filter(({ value }) => value.focus_on_load === true);
  return focused
    .slice(1)
    .flatMap(({ pointer }) => problem(`${pointer}/focus_on_load`, 'only one element can be set to `true`'));
}

export function togetherProblems(blocks: Found[], pointer: string): Problem[] {
  const perBlock = blocks.map(({ value, pointer: at }) => walkElements(value, at));
  const charts = ofType(blocks, 'data_visualization').slice(mostCharts);
  return [
    ...repeated(blocks, 'block_id'),
    ...perBlock.flatMap((elements) => repeated(elements, 'action_id')),
    ...tooManyFocused(perBlock.flat()),
    ...tooMuchMarkdown(blocks, pointer),
    ...tooManyTables(blocks),
    ...charts.flatMap((chart) =>
      problem(chart.pointer, `no more than ${mostCharts} data_visualization blocks allowed`),
    ),
  ];
}
