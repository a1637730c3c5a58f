/** A window of the page, as far as the wire goes. */
import { WebSocket } from 'ws';
import type { Sandbox } from '../../sandbox/server.ts';
import type { Delta, Snapshot } from '../../sandbox/wire.ts';

export type OpenWindow = AsyncDisposable & {
  told: (Snapshot | Delta)[];
  snapshot(): Promise<Snapshot>;
  /** the first of the deltas, past and to come, for which this holds */
  delta(match: (delta: Delta) => unknown): Promise<Delta>;
};

export function openWindow(sandbox: Sandbox, person: string, headers: Record<string, string> = {}): OpenWindow {
  const address = `${sandbox.url.replace('http', 'ws')}/sandbox/people/${person}/stream`;
  const socket = new WebSocket(address, { headers });
  const told: (Snapshot | Delta)[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    told.push(JSON.parse(String(data)));
    for (const look of waiting) look();
  });
  const failed = new Promise<never>((_, reject) => socket.on('error', reject));
  // Only who waits wants to hear of it.
  failed.catch(() => {});

  function first<T extends Snapshot | Delta>(match: (one: Snapshot | Delta) => unknown): Promise<T> {
    const heard = new Promise<T>((resolve) => {
      const look = () => {
        const found = told.find(match);
        if (!found) return;
        waiting.delete(look);
        resolve(found as T);
      };
      waiting.add(look);
      look();
    });
    return Promise.race([heard, failed]);
  }

  return {
    told,
    snapshot: () => first<Snapshot>(({ kind }) => kind === 'snapshot'),
    delta: (match) => first<Delta>((one) => one.kind === 'delta' && match(one)),
    async [Symbol.asyncDispose]() {
      socket.terminate();
    },
  };
}
