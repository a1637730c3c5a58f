/** Reading requests and writing answers, over node:http so that faults can tear at the wire. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Json } from './json.ts';
import { parseObject } from './json.ts';

/** More than any message or view Slack takes; uploads have their own measure. */
const largestBody = 4 * 1024 * 1024;

export async function bodyOf(request: IncomingMessage, most = largestBody): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > most) throw new Error(`more than ${most} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Form, JSON or multipart, as Slack takes all three; undefined when a JSON body is no object. */
export async function fieldsOf(request: IncomingMessage, body: Buffer): Promise<Json | undefined> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return body.length === 0 ? {} : parseObject(body.toString());
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries(form.entries());
  }
  return Object.fromEntries(new URLSearchParams(body.toString()));
}

export function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

/** The connection goes without a word, as when a proxy or a network dies. */
export function hangUp(response: ServerResponse) {
  response.socket?.destroy();
}
