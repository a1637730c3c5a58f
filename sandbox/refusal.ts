import type { Json } from './json.ts';

/** What Slack answers with `ok: false`. */
export class Refusal extends Error {
  readonly code: string;
  readonly extra: Json;

  constructor(code: string, extra: Json = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

export function refuse(code: string, extra?: Json): never {
  throw new Refusal(code, extra);
}

/** https://docs.slack.dev/block-kit: the reason travels in response_metadata, with a JSON pointer. */
export function refuseArguments(code: string, messages: string[]): never {
  throw new Refusal(code, { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } });
}
