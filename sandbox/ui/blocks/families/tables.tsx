/** https://docs.slack.dev/reference/block-kit/blocks/table-block and …/data-table-block */
import { useState } from 'preact/hooks';
import { isObject, type Json, objectOf, objects, textOf } from '../../../json.ts';
import { RichText } from '../text/text.tsx';
import type { BlockProps, Family } from './family.ts';
import { byCell } from './sorting.ts';

const rowsOf = (block: Json): Json[][] => (Array.isArray(block.rows) ? block.rows.map(objects) : []);

function Cell({ cell }: { cell: Json }) {
  if (cell.type === 'rich_text') return <RichText block={cell} />;
  return <>{textOf(cell.text) ?? String(cell.value ?? '')}</>;
}

function Table({ block }: BlockProps) {
  const [head = [], ...body] = rowsOf(block);
  const settings = Array.isArray(block.column_settings) ? block.column_settings : [];
  const look = (index: number) => {
    const { align, is_wrapped: wraps } = objectOf(settings[index]);
    return { textAlign: textOf(align) ?? 'left', whiteSpace: wraps === true ? 'normal' : 'nowrap' } as const;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="bk-table-frame" tabIndex={0} aria-label="Table">
      <table class="bk-table">
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col" style={look(index)}>
                <Cell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, at) => (
            <tr key={at}>
              {row.map((cell, index) => (
                <td key={index} style={look(index)}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Order = { column: number; down: boolean };

function DataTable({ block }: BlockProps) {
  const [head = [], ...body] = rowsOf(block);
  const [order, setOrder] = useState<Order>();
  const [page, setPage] = useState(0);
  const size = Number(block.page_size ?? 10);
  const sorted = order ? body.toSorted(byCell(order.column, order.down)) : body;
  const pages = Math.ceil(sorted.length / size);
  const headColumn = Number(block.row_header_column_index ?? -1);
  const caption = textOf(block.caption) ?? '';

  function sortBy(column: number) {
    setOrder(order?.column === column ? { column, down: !order.down } : { column, down: false });
    setPage(0);
  }

  return (
    <div class="bk-data-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="bk-table-frame" tabIndex={0} aria-label={caption}>
        <table class="bk-table">
          <caption>{caption}</caption>
          <thead>
            <tr>
              {head.map((cell, column) => {
                const direction = order?.down ? 'descending' : 'ascending';
                return (
                  <th key={column} scope="col" aria-sort={order?.column === column ? direction : 'none'}>
                    <button type="button" class="bk-sort" onClick={() => sortBy(column)}>
                      <Cell cell={cell} />
                      <span aria-hidden="true">{order?.column === column ? (order.down ? ' ↓' : ' ↑') : ''}</span>
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(page * size, (page + 1) * size).map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) =>
                  column === headColumn ? (
                    <th key={column} scope="row">
                      <Cell cell={cell} />
                    </th>
                  ) : (
                    <td key={column} class={isObject(cell) && cell.type === 'raw_number' ? 'bk-number' : ''}>
                      <Cell cell={cell} />
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {pages > 1 && <Pages page={page} pages={pages} turn={setPage} />}
    </div>
  );
}

function Pages({ page, pages, turn }: { page: number; pages: number; turn(page: number): void }) {
  return (
    <div class="bk-pages">
      <button
        type="button"
        class="bk-small"
        disabled={page === 0}
        aria-label="Page before"
        onClick={() => turn(page - 1)}
      >
        ‹
      </button>
      <span role="status">
        {page + 1} of {pages}
      </span>
      <button
        type="button"
        class="bk-small"
        disabled={page === pages - 1}
        aria-label="Next page"
        onClick={() => turn(page + 1)}
      >
        ›
      </button>
    </div>
  );
}

export const tables: Family = { table: Table, data_table: DataTable };
