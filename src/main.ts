import { createApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { PolicyError } from './policy.ts';

/** What an operator can put right is said as a sentence; anything else with its stack. */
function complain(error: unknown): void {
  const plain = error instanceof ConfigError || error instanceof PolicyError;
  console.error(plain ? `Tocsin cannot start.\n${error.message}` : error);
  process.exitCode = 1;
}

try {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const app = await createApp(config, log);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      app.stop().then(() => process.exit(0), complain);
    });
  }
  // A supervisor starts us again, and nothing that was acknowledged is lost; to limp on would be worse.
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'something failed that nobody caught');
    process.exit(1);
  });
  await app.known;
} catch (error) {
  complain(error);
  process.exit(1);
}
