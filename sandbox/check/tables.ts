/** https://docs.slack.dev/reference/block-kit/blocks/table-block and …/data-table-block */
import { isObject, type Json } from '../json.ts';
import { richText } from './rich-text.ts';
import {
  type Fields,
  flag,
  list,
  number,
  oneOf,
  type Problem,
  type Rule,
  shape,
  text,
  typed,
  when,
  whole,
} from './rules.ts';

const plainCells = {
  raw_text: shape({ text: text() }),
  raw_number: shape({ value: number, text: text() }),
};

const cells = { ...plainCells, ...richText };
const row = (kinds: Fields) => list(typed(kinds), 20);

const column = shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag });
// A null leaves a column as it is.
const columnOrNone: Rule = (value, pointer) => (value === null ? [] : column(value, pointer));

export const tableFields = { rows: list(row(cells), 100) };
export const tableOptions = { column_settings: list(columnOrNone, 20, 0) };

// A heading cannot be rich_text; below it come 1 to 100 rows.
const headed: Rule = (value, pointer) => {
  const wrong = list(row(cells), 101, 2)(value, pointer);
  const [heading] = Array.isArray(value) ? value : [];
  return wrong.length > 0 ? wrong : row(plainCells)(heading, `${pointer}/0`);
};

export const dataTableFields = { rows: headed, caption: text() };
export const dataTableOptions = { page_size: whole(1, 100), row_header_column_index: whole(0) };

export function evenRows({ rows, row_header_column_index: index }: Json, pointer: string): Problem[] {
  const widths = Array.isArray(rows)
    ? rows.map((cellsOfRow) => (Array.isArray(cellsOfRow) ? cellsOfRow.length : 0))
    : [];
  const [width = 0] = widths;
  return [
    ...widths.flatMap((one, at) =>
      when(one !== width, `${pointer}/rows/${at}`, 'all rows must have the same number of cells'),
    ),
    ...when(Number(index ?? 0) >= width, `${pointer}/row_header_column_index`, 'must be the index of a column'),
  ];
}

/** The text of all cells, which Slack counts together. */
export function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one: unknown) => sum + charactersIn(one), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return own + charactersIn(value.elements);
}

export const isTable = ({ type }: Json): boolean => type === 'table' || type === 'data_table';
