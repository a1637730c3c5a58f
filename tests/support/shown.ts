import type { Message, View } from '../../sandbox/wire.ts';

/** Every text in blocks as people read it, and what stands on buttons and options. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  const inner = Object.values(value).filter((one) => typeof one === 'object');
  const own =
    (type === 'mrkdwn' || type === 'plain_text' || type === 'markdown') && typeof text === 'string'
      ? [plain(text)]
      : [];
  return [...own, ...inner.flatMap(textsIn)];
}

/** As Slack shows it: entities are characters again. */
const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What somebody reads in a message. */
export const wordsOf = (message: Message): string => [plain(message.text), ...textsIn(message.blocks)].join('\n');

/** What somebody reads in a form, the refusals under its fields included. */
export const wordsOfView = (view: View): string =>
  [view.title?.text ?? '', view.submit?.text ?? '', ...textsIn(view.blocks), ...Object.values(view.errors ?? {})].join(
    '\n',
  );

export const fits = (text: string, pattern: string | RegExp): boolean =>
  typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text);
