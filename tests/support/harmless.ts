import { expect } from '@jest/globals';

/** Text fields by what Slack makes of them; what a person typed comes back into a form as it was. */
function texts(shown: unknown): { markup: string[]; all: string[] } {
  const found = { markup: [] as string[], all: [] as string[] };
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string' && !['value', 'initial_value', 'private_metadata'].includes(key))
      found.all.push(value);
    if (typeof value !== 'object' || value === null) return;
    const { type, text } = value as { type?: unknown; text?: unknown };
    // Without a type it is the message itself, whose text is markup as well.
    if ((type === 'mrkdwn' || type === undefined) && typeof text === 'string') found.markup.push(text);
    for (const [name, inner] of Object.entries(value)) walk(inner, name);
  };
  walk(shown, '');
  return found;
}

/** What the bot itself says in angle brackets: people and channels of the incident, times, and quotes. */
const ours =
  /^> |<https:\/\/[^|>\s]+\|[^<>]*>|<@U0[A-Z]+>|<#C7>|<!date\^\d+\^\{date_short_pretty\} \{time\}\|[-\d: ]+ UTC>/gm;
export const unseen = /[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f]/;

/** What people wrote in it can mention nobody, link nowhere and hide nothing. */
export function expectHarmless(shown: unknown): void {
  const { markup, all } = texts(shown);
  for (const text of markup) {
    expect(text.replace(ours, '')).not.toMatch(/[<>]/);
    // Neither a bare `&` nor half an entity: Slack would show the rest of it.
    expect(text.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
  }
  for (const text of all) expect(text).not.toMatch(unseen);
}
