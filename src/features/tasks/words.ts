import { longestTask } from '../../incident/task-commands.ts';
import { nearest } from '../../slack/nearest.ts';

export type Asked =
  | { what: 'list' }
  | { what: 'done' | 'reopen' | 'drop' | 'take' | 'edit'; number: number }
  | { what: 'change'; number: number; owner?: string; due?: string }
  | { what: 'add'; text: string; owner?: string; due?: string }
  /** Looks like one of the verbs, and is none. */
  | { what: 'unclear'; near: string }
  | { what: 'too-long'; text: string };

const verbs = ['done', 'reopen', 'drop', 'take', 'edit'] as const;

/**
 * What was typed after `/incident task`. `mentions`: the people in it, in order; somebody named first or last is who does it, anybody
 * in between belongs to the text. `due` is what stands after a last "by", still as words.
 */
export function readTask(typed: string, mentions: string[]): Asked {
  const text = typed.trim();
  if (text === '' || text.toLowerCase() === 'list') return { what: 'list' };
  const [, word = '', number] = /^(\p{L}+)\s+#?(\d{1,6})$/u.exec(text) ?? [];
  const verb = verbs.find((one) => one === word.toLowerCase());
  if (verb) return { what: verb, number: Number(number) };
  const near = word && nearest(word, [...verbs]);
  if (near) return { what: 'unclear', near: `${near} ${number}` };
  const [, of, said = ''] = /^#?(\d{1,6})\s+([\s\S]+)$/.exec(text) ?? [];
  if (of && said.toLowerCase() === 'done') return { what: 'done', number: Number(of) };
  const { rest, ...facts } = parted(of ? said : text, mentions);
  // Only who and until when: about a task there is. Anything more is a text that begins with a number.
  if (of && rest === '') return { what: 'change', number: Number(of), ...facts };
  const whole = of ? `${of} ${rest}` : rest;
  return whole.length > longestTask ? { what: 'too-long', text: whole } : { what: 'add', text: whole, ...facts };
}

/** A time begins with a digit, or with one of the words that times are said with: "stand by me" has none. */
const timely =
  /^(\d|in\s|noon|midnight|tomorrow|tonight|today|next\s|this\s|mon|tue|wed|thu|fri|sat|sun|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d)/i;

function parted(text: string, mentions: string[]): { rest: string; owner?: string; due?: string } {
  const [, before = '', by = ''] = /^([\s\S]*?)(?:^|\s)by\s+(?![\s\S]*\sby\s)([\s\S]+)$/i.exec(text) ?? [];
  // "by 15:30 @ben" as well as "@ben by 15:30".
  const late = by && timely.test(by) ? endOf(by, mentions) : undefined;
  if (late?.rest && late.rest.length <= 60) {
    const { rest, owner = late.owner } = named(before, mentions);
    return { rest, due: late.rest, ...(owner && { owner }) };
  }
  return named(text, mentions);
}

const everybody = /^@(here|channel|everyone)$/;

function named(text: string, mentions: string[]): { rest: string; owner?: string } {
  const last = endOf(text, mentions);
  if (last.owner) return last;
  const [, name = '', rest = ''] = /^(@\S+)(?:\s+([\s\S]*))?$/.exec(text.trim()) ?? [];
  const [owner] = mentions;
  return name && owner && !everybody.test(name) ? { rest: rest.trim(), owner } : { rest: text.trim() };
}

function endOf(text: string, mentions: string[]): { rest: string; owner?: string } {
  const [, rest = '', name = ''] = /^([\s\S]*?)(?:^|\s)(@\S+)$/.exec(text.trim()) ?? [];
  const owner = mentions.at(-1);
  return name && owner && !everybody.test(name) ? { rest: rest.trim(), owner } : { rest: text.trim() };
}
