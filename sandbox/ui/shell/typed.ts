/** A message's text back to what a person would type for it. */
import { personOf } from '../state/names.ts';
import { channels, usergroups } from '../state/store.ts';

export function typedFrom(text: string): string {
  return text
    .replaceAll(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => `@${personOf(id)?.name ?? id}`)
    .replaceAll(
      /<#([A-Z0-9]+)(?:\|([^>]*))?>/g,
      (_, id: string, name?: string) => `#${channels.peek().get(id)?.name ?? (name || id)}`,
    )
    .replaceAll(/<!subteam\^([A-Z0-9]+)[^>]*>/g, (_, id: string) => `@${usergroups.peek().get(id) ?? id}`)
    .replaceAll(/<!(here|channel|everyone)[^>]*>/g, '@$1')
    .replaceAll(/<(https?:[^|>]+|mailto:[^|>]+)(?:\|[^>]*)?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
