import { inspect } from 'node:util';
import { createApp, type Tocsin } from './app.ts';
import { CannotStart } from './cannot-start.ts';
import { readConfig, secretsOf } from './config.ts';
import { createLog, type Log, withoutSecrets } from './log.ts';

let secrets: string[] = [];

/** What an operator can put right is said as a sentence; anything else with its stack. */
function complain(error: unknown): void {
  const said = error instanceof CannotStart ? `Tocsin cannot start.\n${error.message}` : inspect(error);
  console.error(withoutSecrets(said, secrets));
}

/** A supervisor starts us again, and nothing that was acknowledged is lost; to limp on would be worse. */
function endOnUncaught(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (err) => {
      log.fatal({ err }, 'something failed that nobody caught');
      process.exit(1);
    });
  }
}

/** The first signal finishes what is in hand, the second ends at once: nothing that was acknowledged is lost by it. */
function stopOnSignals(app: Tocsin, log: Log): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      log.info({ signal }, 'stopping');
      app.stop().then(
        () => process.exit(0),
        (err: unknown) => {
          log.error({ err }, 'could not stop in order');
          process.exit(1);
        },
      );
    });
  }
}

async function main(): Promise<void> {
  const config = readConfig();
  secrets = secretsOf(config);
  const log = createLog(config.logLevel, undefined, secrets);
  endOnUncaught(log);
  const app = await createApp(config, log);
  stopOnSignals(app, log);
  await app.known;
  await app.over;
}

main().catch((error: unknown) => {
  complain(error);
  process.exit(1);
});
