/** Somebody's name or a mention, as a piece of a regular expression. */
export interface Who {
  named: string;
}

const mention =
  '(?:<@[UW][A-Z0-9]+(?:\\|[^<>]{0,80})?>|(?<![\\p{L}\\d./@])@(?!here\\b|channel\\b|everyone\\b)[\\p{L}\\d](?:[\\p{L}\\d._-]{0,60}[\\p{L}\\d_])?(?![/\\p{L}\\d]))';

/** People without a name: roles and pronouns. A system that "failed to start" is none of them. */
const anybody =
  '(?:we|they|he|she|i|you|who|nobody|somebody|someone|no one|(?:engineer|operator|developer|responder|commander|reviewer|author|admin|administrator|team|person|people|staff|sre|colleague|engineering|support)s?)';

/** The words of a name that stand for the person alone: "Ana" for "Ana Lima". */
function partsOf(name: string): string[] {
  const whole = name.replace(/^@/, '').trim();
  const [given = ''] = whole.split(/\s+/);
  return [whole, given].filter((part) => /^\p{L}[\p{L}\d.’' -]+$/u.test(part) && part.length >= 2);
}

const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');

/** Names are written with a capital: "will" is not Will. */
function these(people: string[]): Who {
  const names = [...new Set(people.flatMap(partsOf))].sort((one, other) => other.length - one.length);
  const any = names.map(quoted).join('|');
  return { named: any ? `(?:${mention}|(?<![\\p{L}\\d])(?:${any})(?![\\p{L}\\d]))` : mention };
}

export const whoIs = { anybody, these };
