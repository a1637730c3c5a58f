/** Where Slack gives an id without a name: an id tells nobody anything. */
const nameless: Record<string, string> = { '@': 'somebody', '#': 'a-channel' };

/** Whom a person named, in order, as ids; where Slack resolved no `@name` there is nobody. */
export function mentioned(text: string): string[] {
  return [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)].flatMap(([, id]) => id ?? []);
}

/**
 * What a person typed, from the form in which Slack sends it: entities undone, mentions and links as people read them.
 * Whoever shows it again escapes it (blocks.ts). https://docs.slack.dev/messaging/formatting-message-text
 */
export function readable(text: string): string {
  return text
    .replace(/<([@#!])([^>|]*)(?:\|([^>]*))?>/g, (_, sign: string, id: string, label?: string) => {
      const name = label || (sign === '!' ? id.replace(/\^.*/, '') : nameless[sign]) || id;
      return /^[@#]/.test(name) ? name : `${sign === '#' ? '#' : '@'}${name}`;
    })
    .replace(/<((?:https?|mailto):[^>|]*)(?:\|[^>]*)?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** What a message says, for what is made of it; it may be nothing but a picture. */
export function textOfMessage(text: string, longest: number): string {
  const said = readable(text);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(said) ? said.slice(0, longest).toWellFormed() : 'See the message';
}
