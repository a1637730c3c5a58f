import { AsyncLocalStorage } from 'node:async_hooks';

interface Scope {
  kind: 'read' | 'transact';
  open: boolean;
}

const scopes = new AsyncLocalStorage<Scope>();

/** True while a transaction is open around the caller. Nothing that waits for the network may run then: others queue behind it. */
export function insideTransaction(): boolean {
  const scope = scopes.getStore();
  return scope?.kind === 'transact' && scope.open;
}

/** Runs `fn` as the only read or transaction around it. Two that nest would wait for one another. */
export async function alone<T>(kind: Scope['kind'], fn: () => Promise<T>): Promise<T> {
  if (scopes.getStore()?.open) throw new Error(`A ${kind} inside a read or a transaction: pass the tx on instead.`);
  const scope: Scope = { kind, open: true };
  try {
    return await scopes.run(scope, fn);
  } finally {
    // A timer set inside inherits the scope; it must not look nested for ever.
    scope.open = false;
  }
}
