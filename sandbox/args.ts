/** A method's arguments, however they came: form fields are text, JSON bodies may hold the values themselves. */
import { isObject, type Json } from './json.ts';
import { refuseArguments } from './refusal.ts';

export type Args = ReturnType<typeof argsOf>;

const missing = (name: string) =>
  refuseArguments('invalid_arguments', [`missing required field: ${name} [json-pointer:/${name}]`]);

export function argsOf(raw: Json) {
  function text(name: string): string | undefined {
    const value = raw[name];
    if (value === undefined || value === null || value === '') return undefined;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  function json(name: string): unknown {
    const value = raw[name];
    if (typeof value !== 'string') return value ?? undefined;
    if (value === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      return refuseArguments('invalid_arguments', [`invalid JSON in ${name} [json-pointer:/${name}]`]);
    }
  }

  return {
    raw,
    text,
    json,
    need: (name: string): string => text(name) ?? missing(name),
    /** Present though possibly empty, as a topic may be. */
    words(name: string): string {
      const value = raw[name];
      return value === undefined || value === null ? missing(name) : String(value);
    },
    has: (name: string) => raw[name] !== undefined && raw[name] !== null,
    flag: (name: string, otherwise = false): boolean =>
      text(name) === undefined ? otherwise : ['true', '1'].includes(text(name) ?? ''),
    whole(name: string, otherwise: number, most: number, error = 'invalid_limit'): number {
      const value = Number(text(name) ?? otherwise);
      if (!Number.isInteger(value) || value < 0 || value > most)
        refuseArguments(error, [`must be a whole number up to ${most} [json-pointer:/${name}]`]);
      return value === 0 ? otherwise : value;
    },
    list(name: string): string[] {
      const value = raw[name];
      if (Array.isArray(value)) return value.map(String);
      const given = text(name) ?? '';
      const parsed = given.startsWith('[') ? json(name) : undefined;
      if (Array.isArray(parsed)) return parsed.map(String);
      return given
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
    },
    object(name: string): Json {
      const value = json(name);
      return isObject(value) ? value : missing(name);
    },
  };
}
