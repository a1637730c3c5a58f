/** `<…>` in Slack's text: https://docs.slack.dev/messaging/formatting-message-text#advanced */
import { type Inline, isSafeUrl, link, text } from './inline.ts';

/** The three entities Slack knows, each once: `&amp;lt;` reads `&lt;`. */
const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
export const decoded = (raw: string): string =>
  raw.replaceAll(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity);

/** What the inside of `<…>` stands for; undefined where Slack would show it as typed. */
export function tokenFor(inside: string): Inline[] | undefined {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : decoded(inside.slice(bar + 1));
  if (target.startsWith('@')) return mention(target.slice(1));
  if (target.startsWith('#')) return channel(target.slice(1), label);
  if (target.startsWith('!')) return special(target.slice(1), label);
  const url = decoded(target);
  return isSafeUrl(url) ? link(url, [text(label || url.replace(/^(?:mailto|tel):/, ''))]) : undefined;
}

function mention(id: string): Inline[] | undefined {
  return /^[UWB][A-Z0-9]+$/.test(id) ? [{ type: 'user', id }] : undefined;
}

function channel(id: string, label: string): Inline[] | undefined {
  return /^[CDG][A-Z0-9]+$/.test(id) ? [{ type: 'channel', id, ...(label && { label }) }] : undefined;
}

function special(what: string, label: string): Inline[] | undefined {
  const [name = '', ...rest] = what.split('^');
  if (name === 'here' || name === 'channel' || name === 'everyone') return [{ type: 'broadcast', range: name }];
  if (name === 'subteam' && rest[0]) return [{ type: 'usergroup', id: rest[0], ...(label && { label }) }];
  if (name === 'date') return date(rest, label);
  // Slack shows what it does not know by its label.
  return label ? [text(label)] : undefined;
}

function date([stamp = '', format = '', ...link]: string[], fallback: string): Inline[] | undefined {
  if (!/^-?\d+$/.test(stamp) || !format) return fallback ? [text(fallback)] : undefined;
  const url = decoded(link.join('^'));
  return [{ type: 'date', seconds: Number(stamp), format: decoded(format), fallback, ...(isSafeUrl(url) && { url }) }];
}
