import { useState } from 'preact/hooks';
import type { BotStatus } from '../../wire.ts';
import type { Page } from '../blocks/contract.ts';

const words: Record<BotStatus['state'], string> = {
  running: 'is running',
  starting: 'is starting',
  stopped: 'is down',
  absent: 'is none of the sandbox’s: start both with npm start',
};

/** How often it is asked whether the bot is there again. */
const lookEveryMs = 40;
const longestMs = 30_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Real milliseconds from now until the bot is connected to Slack. */
async function untilConnected(page: Page): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < longestMs) {
    const { connected } = await page.ask<{ connected: boolean }>('GET', '/app');
    if (connected) return performance.now() - began;
    await pause(lookEveryMs);
  }
  throw new Error('The bot did not come back within 30 s. Its log, in the terminal, says why.');
}

export function BotPart({ page, doing }: { page: Page; doing(work: Promise<unknown>): void }) {
  const { state, pid, restarts } = page.bot.value;
  const [said, setSaid] = useState('');
  const order = (what: 'kill' | 'stop' | 'start') => page.ask('POST', '/bot', { do: what });

  async function start() {
    setSaid('Starting…');
    await order('start');
    setSaid(`Back at work after ${Math.round(await untilConnected(page))} ms.`);
  }

  async function down(what: 'kill' | 'stop') {
    await order(what);
    setSaid(what === 'kill' ? 'Killed in the middle of whatever it did.' : 'Stopped, as on a deploy.');
  }

  const kill = async () => {
    await down('kill');
    await start();
  };

  const up = state === 'running' || state === 'starting';
  return (
    <section class="world-part" aria-labelledby="world-bot">
      <h3 id="world-bot">Bot</h3>
      <p>
        <i class={`world-light world-light-${state}`} /> It {words[state]}
        {pid !== undefined && <span class="soft"> · process {pid}</span>}
        <span class="soft">
          {' '}
          · {restarts} {restarts === 1 ? 'restart' : 'restarts'} by itself
        </span>
      </p>
      {state !== 'absent' && (
        <div class="world-buttons">
          <button type="button" class="bk-button bk-danger" disabled={!up} onClick={() => doing(kill())}>
            Kill -9, then start
          </button>
          <button type="button" class="bk-button" disabled={!up} onClick={() => doing(down('kill'))}>
            Kill -9
          </button>
          <button type="button" class="bk-button" disabled={!up} onClick={() => doing(down('stop'))}>
            Stop
          </button>
          <button type="button" class="bk-button" disabled={up} onClick={() => doing(start())}>
            Start
          </button>
        </div>
      )}
      <p class="soft" role="status">
        {said}
      </p>
    </section>
  );
}
