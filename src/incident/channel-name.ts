/** Slack: at most 80 characters, lower-case letters, digits, `-` and `_`. https://docs.slack.dev/reference/methods/conversations.create */
const longest = 80;

/**
 * The name an incident's channel is asked for under. Always the same for the same incident, so that a channel whose creation was
 * answered by nobody can be found again. A private incident's name says nothing but that it is one.
 */
export function channelName(template: string, incident: { number: number; title: string; isPrivate: boolean }): string {
  const title = tidy(incident.isPrivate ? 'private' : slug(incident.title), longest);
  const parts = template.replaceAll('{number}', String(incident.number)).split('{title}');
  // A long title gives way, never the number behind it: that tells two incidents of one title apart.
  const room = Math.floor((longest - parts.join('').length) / Math.max(1, parts.length - 1));
  return tidy(parts.join(title.slice(0, Math.max(0, room))), longest);
}

/** The next name to try when somebody else's channel has this one: `inc-7-checkout`, `inc-7-checkout-2`, `inc-7-checkout-3`. */
export function nextChannelName(first: string, taken: string): string {
  return numbered(first, taken === first ? 2 : Number(taken.slice(taken.lastIndexOf('-') + 1)) + 1);
}

function numbered(first: string, count: number): string {
  const suffix = `-${count}`;
  const name = tidy(first, longest - suffix.length) + suffix;
  // A name that fills all 80 characters and ends in this number already would be asked for again.
  return name === first ? numbered(first, count + 1) : name;
}

/** Accents fall away, every other character that Slack does not take becomes a dash; a title in Japanese leaves nothing, and that is fine. */
function slug(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}

function tidy(name: string, length: number): string {
  return name
    .replace(/[-_]{2,}/g, '-')
    .slice(0, length)
    .replace(/^[-_]+|[-_]+$/g, '');
}
