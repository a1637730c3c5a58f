import { openDatabase } from '../../db/database.ts';

/** A second bot, as far as the database can tell: `node hold-database.ts file:…` opens it, says so and stays. */
try {
  await openDatabase(process.argv[2] ?? '');
  console.log('open');
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
}
