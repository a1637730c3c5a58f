import type { Names } from './words.ts';

/** Stands for what is set aside; nobody types it, and it shows nothing. */
const aside = '\ue000';

/** A mark counts at the edge of a word: `snake_case_names` and `2*3*4` have none. */
const marks = [
  /(?<![\p{L}\p{N}*])\*(\S|\S[^*\n]*\S)\*(?![\p{L}\p{N}*])/gu,
  /(?<![\p{L}\p{N}_])_(\S|\S[^_\n]*\S)_(?![\p{L}\p{N}_])/gu,
  /(?<![\p{L}\p{N}~])~(\S|\S[^~\n]*\S)~(?![\p{L}\p{N}~])/gu,
];

/**
 * What a message says, as people read it: from the form in which Slack gives it, without its mark-up. In code and in addresses
 * nothing is taken for mark-up. https://docs.slack.dev/messaging/formatting-message-text
 */
export function plainOf(text: string, names: Names = {}): string {
  const kept: string[] = [];
  const bare = text.replaceAll(aside, '').replace(/```[\s\S]*?```|`[^`\n]+`|<[^<>]*>/g, (part) => {
    const inner = part.startsWith('`') ? part.replace(/^`+\n?|\n?`+$/g, '') : part;
    kept.push(inner.replace(/<([^<>]*)>/g, (_, entity: string) => read(entity, names)));
    return aside;
  });
  return marks
    .reduce((said, mark) => said.replace(mark, '$1'), bare)
    .replaceAll(aside, () => kept.shift() ?? '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** `@U012|ana`, `#C012|general`, `!here`, `!date^…^…|fallback`, `https://…|label`. */
function read(entity: string, { person }: Names): string {
  const [target = '', label] = entity.split('|', 2);
  const id = target.slice(1);
  switch (target.charAt(0)) {
    case '@':
      return `@${person?.(id) ?? (label || id)}`;
    case '#':
      return `#${label || id}`;
    case '!':
      if (target.startsWith('!date')) return label ?? '';
      return label?.startsWith('@') ? label : `@${label || id}`;
    default:
      return label && label !== target ? `${label} (${target})` : target.replace(/^mailto:/, '');
  }
}
