import * as sqlite from 'drizzle-orm/sqlite-core';
import type { Columns } from './columns.pg.ts';
import { fromJson, toJson } from './json.ts';

/**
 * The column vocabulary of `schema.ts` on SQLite. Values in JavaScript are the same on both engines (`Date`, `boolean`,
 * objects), and drizzle's two dialects share their builders' surface; the cast says so once, here.
 */
export const columns = {
  table: sqlite.sqliteTable,
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  text: (name: string) => sqlite.text(name),
  int: (name: string) => sqlite.integer(name),
  flag: (name: string) => sqlite.integer(name, { mode: 'boolean' }),
  time: (name: string) => sqlite.integer(name, { mode: 'timestamp_ms' }),
  bytes: (name: string) => sqlite.blob(name, { mode: 'buffer' }),
  json: (name: string) =>
    sqlite.customType<{ data: unknown; driverData: string }>({
      dataType: () => 'text',
      toDriver: toJson,
      fromDriver: fromJson,
    })(name),
} as unknown as Columns;
