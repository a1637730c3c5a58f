import * as pg from 'drizzle-orm/pg-core';
import { decode, toJson } from './json.ts';

const bytea = pg.customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** The column vocabulary of `schema.ts` on Postgres. Its static types are the ones the whole program is written against. */
export const columns = {
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  text: (name: string) => pg.text(name),
  int: (name: string) => pg.integer(name),
  flag: (name: string) => pg.boolean(name),
  time: (name: string) => pg.timestamp(name, { withTimezone: true, mode: 'date', precision: 3 }),
  bytes: (name: string) => bytea(name),
  json: <T>(name: string) =>
    pg.customType<{ data: T; driverData: unknown }>({
      dataType: () => 'jsonb',
      toDriver: toJson,
      // The driver has parsed it already.
      fromDriver: (value) => decode(value) as T,
    })(name),
};

export type Columns = typeof columns;
