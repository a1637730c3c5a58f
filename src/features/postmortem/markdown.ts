import { visible } from '../../slack/blocks.ts';

/**
 * Words of people, made safe for Markdown: they read as they were written and make no link, image, heading, list, code or HTML,
 * in CommonMark and with GitHub's extensions. https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\t\u00a0\u2028\u2029]/g, ' ')
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/\b(https?|ftp|mailto|xmpp):/gi, '$1\\:')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}\\.`)
    .replace(/([\w.+-])@(?=\w)/g, '$1\\@');
}

/** Where a line begins, some signs make it a heading, a list or a rule. */
const beginning = (line: string): string => line.trim().replace(/^([#+=-]|\d{1,9}(?=[.)]))/, (sign) => escaped(sign));

/** A digit cannot be escaped; the dot or bracket after it can. */
const escaped = (sign: string): string => (/\d/.test(sign) ? `${sign}\\` : `\\${sign}`);

/** On one line, as a cell of a table or an item of a list needs it. */
export const escapeLine = (text: string): string => beginning(escapeMarkdown(text.replace(/\s+/g, ' ').toWellFormed()));

/** With its breaks, within one paragraph. */
export const escapeText = (text: string): string =>
  text
    .toWellFormed()
    .split(/[\r\n]+/)
    .map((line) => beginning(escapeMarkdown(line)))
    .filter((line) => line !== '')
    .join('\\\n');

/** The address of a link or an image; empty where it is none that may be followed. */
export function escapeAddress(address: string): string {
  if (/^image:[\w-]+$/.test(address)) return address;
  const url = /^https?:\/\//i.test(address) ? URL.parse(address) : null;
  return url
    ? url.href.replace(/[()<>\\\s|`*_[\]]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
    : '';
}
