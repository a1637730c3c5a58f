/** One statement takes at most 32,766 parameters on SQLite and 65,535 on Postgres; 500 rows stay well below. */
export function* batchesOf<T>(rows: Iterable<T>, size = 500): Generator<T[]> {
  const all = [...rows];
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
