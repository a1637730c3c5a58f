import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../log.ts';

/** What Slack's libraries have to say, in our log: by themselves they write to the console, past every filter. */
export function sdkLogger(log: Log): Logger {
  const join = (said: unknown[]) => said.map(String).join(' ');
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...said: unknown[]) => log.debug({ said: join(said) }, "Slack's library warns"),
    error: (...said: unknown[]) => log.warn({ said: join(said) }, "Slack's library reports an error"),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
