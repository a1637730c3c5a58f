export type Problem = { pointer: string; message: string };

export function checkMessage(_message: { text: string; blocks?: unknown; attachments?: unknown }): Problem[] {
  return [];
}

export function checkView(_view: unknown): Problem[] {
  return [];
}
