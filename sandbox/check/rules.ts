/** The few shapes every Block Kit rule is made of. The messages are the ones Slack sends back. */
import { isObject, type Json } from '../json.ts';

export type Problem = { pointer: string; message: string };

/** What is wrong with a value, and where. */
export type Rule = (value: unknown, pointer: string) => Problem[];

export type Fields = Record<string, Rule>;

const none: Problem[] = [];

export const problem = (pointer: string, message: string): Problem[] => [{ pointer, message }];

export const when = (wrong: boolean, pointer: string, message: string): Problem[] =>
  wrong ? problem(pointer, message) : none;

export const anything: Rule = () => none;

/** Slack counts characters in its own way; UTF-16 units are the largest count, so what fits here fits there. */
export const text =
  (max = Number.POSITIVE_INFINITY, min = 1): Rule =>
  (value, pointer) => {
    if (typeof value !== 'string') return problem(pointer, 'must provide a string');
    if (value.length < min) return problem(pointer, `must be more than ${min - 1} characters`);
    return when(value.length > max, pointer, `must be less than ${max + 1} characters`);
  };

export const pattern =
  (form: RegExp, message: string): Rule =>
  (value, pointer) =>
    typeof value === 'string' ? when(!form.test(value), pointer, message) : problem(pointer, 'must provide a string');

/** An address of one of the schemes, or of any when none is given. */
export const url =
  (schemes: string[] = [], max = 3000): Rule =>
  (value, pointer) => {
    const wrong = text(max)(value, pointer);
    if (wrong.length > 0) return wrong;
    const { protocol = '' } = URL.parse(String(value)) ?? {};
    const fits = protocol !== '' && (schemes.length === 0 || schemes.includes(protocol));
    return when(!fits, pointer, 'must be a valid url');
  };

export const webUrl = url(['http:', 'https:']);
export const secureUrl = url(['https:']);

export const flag: Rule = (value, pointer) => when(typeof value !== 'boolean', pointer, 'must provide a boolean');

export const number: Rule = (value, pointer) =>
  when(typeof value !== 'number' || !Number.isFinite(value), pointer, 'must provide a number');

export const whole =
  (min: number, max = Number.MAX_SAFE_INTEGER): Rule =>
  (value, pointer) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return problem(pointer, 'must provide an integer');
    if (value < min) return problem(pointer, `must be greater than or equal to ${min}`);
    return when(value > max, pointer, `must be less than or equal to ${max}`);
  };

export const oneOf =
  (...allowed: (string | number)[]): Rule =>
  (value, pointer) =>
    when(!allowed.some((one) => one === value), pointer, 'must be a valid enum value');

export const list =
  (item: Rule, max = Number.POSITIVE_INFINITY, min = 1): Rule =>
  (value, pointer) => {
    if (!Array.isArray(value)) return problem(pointer, 'must provide an array');
    return [
      ...when(value.length < min, pointer, `no fewer than ${min} items allowed`),
      ...when(value.length > max, pointer, `no more than ${max} items allowed`),
      ...value.flatMap((one, index) => item(one, `${pointer}/${index}`)),
    ];
  };

/** An object of these fields and no other: Slack refuses what it does not know. */
export function shape(required: Fields, optional: Fields = {}): Rule {
  const known = new Map(Object.entries({ ...required, ...optional }));
  return (value, pointer) => {
    if (!isObject(value)) return problem(pointer, 'must provide an object');
    const missing = Object.keys(required).filter((name) => value[name] === undefined);
    return [
      ...missing.map((name) => ({ pointer, message: `missing required field: ${name}` })),
      // JSON has no undefined: such a field never reaches Slack.
      ...Object.entries(value)
        .filter(([, field]) => field !== undefined)
        .flatMap(([name, field]) => {
          const rule = known.get(name);
          return rule
            ? rule(field, `${pointer}/${name}`)
            : [{ pointer, message: `invalid additional property: ${name}` }];
        }),
    ];
  };
}

/** An object whose `type` says which rule it follows. */
export function typed(kinds: Fields): Rule {
  const known = new Map(Object.entries(kinds));
  return (value, pointer) => {
    if (!isObject(value)) return problem(pointer, 'must provide an object');
    const { type, ...rest } = value;
    if (type === undefined) return problem(pointer, 'missing required field: type');
    const rule = known.get(String(type));
    return rule ? rule(rest, pointer) : problem(`${pointer}/type`, `unsupported type: ${String(type)}`);
  };
}

/** A rule about several fields at once, asked once the fields alone are in order. */
export const also =
  (rule: Rule, ...more: ((value: Json, pointer: string) => Problem[])[]): Rule =>
  (value, pointer) => {
    const wrong = rule(value, pointer);
    if (wrong.length > 0 || !isObject(value)) return wrong;
    return more.flatMap((check) => check(value, pointer));
  };

/** Exactly one of the fields, since Slack cannot show both. */
export const exactlyOne =
  (...names: string[]) =>
  (value: Json, pointer: string): Problem[] => {
    const given = names.filter((name) => value[name] !== undefined);
    const spelled = names.map((name) => `\`${name}\``).join(' or ');
    if (given.length === 0) return problem(pointer, `must define either ${spelled}`);
    return when(given.length > 1, pointer, `must define only one of ${spelled}`);
  };

export const anyOf =
  (...names: string[]) =>
  (value: Json, pointer: string): Problem[] => {
    const spelled = names.map((name) => `\`${name}\``).join(' or ');
    return when(!names.some((name) => value[name] !== undefined), pointer, `must define either ${spelled}`);
  };

export const pick = (kinds: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(kinds).filter(([name]) => names.includes(name)));
