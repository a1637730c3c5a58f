import type { Readable, Writable } from 'node:stream';
import * as z from 'zod';

const Heard = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
  sessionId: z.string().optional(),
});
type Heard = z.infer<typeof Heard>;

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

export type Devtools = ReturnType<typeof devtoolsOver>;

/**
 * Chromium's own protocol over two pipes: JSON, each message ended by a zero byte. Nobody but who started the browser can speak to
 * it so, and it ends when the pipes do. https://chromedevtools.github.io/devtools-protocol/
 */
export function devtoolsOver(to: Writable, from: Readable) {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(heard: Heard) => void>();
  let asked = 0;
  let over: Error | undefined;
  let begun: Buffer[] = [];

  from.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      hear(Buffer.concat([...begun, chunk.subarray(start, end)]).toString());
      begun = [];
      start = end + 1;
    }
    begun.push(chunk.subarray(start));
  });
  // Whoever started the browser says why it ended; that a pipe broke is no more than a sign of it.
  for (const stream of [to, from]) stream.on('error', () => undefined);

  function hear(text: string): void {
    let heard: Heard;
    try {
      heard = Heard.parse(JSON.parse(text));
    } catch {
      end(new Error('the browser speaks another language'));
      return;
    }
    if (heard.id === undefined) {
      for (const listener of listeners) listener(heard);
      return;
    }
    const one = waiting.get(heard.id);
    waiting.delete(heard.id);
    if (heard.error) one?.reject(new Error(`the browser said: ${heard.error.message}`));
    else one?.resolve(heard.result);
  }

  /** Whoever still waits for an answer, or asks for one, hears why there is none. */
  function end(error: Error): void {
    over ??= error;
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
  }

  return {
    end,
    /** `session`: which tab is meant; left out: the browser. */
    async ask<T>(method: string, params: object, answer: z.ZodType<T>, session?: string): Promise<T> {
      const result = await new Promise<unknown>((resolve, reject) => {
        if (over) return reject(over);
        const id = ++asked;
        waiting.set(id, { resolve, reject });
        to.write(`${JSON.stringify({ id, method, params, ...(session && { sessionId: session }) })}\0`);
      });
      return answer.parse(result);
    },
    /** Hears what happens by itself, until the returned function is called. */
    listen(listener: (heard: Heard) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
