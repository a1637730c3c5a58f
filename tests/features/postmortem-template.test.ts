import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { marked } from 'marked';
import { type Fields, fields, type Values } from '../../src/features/postmortem/fields.ts';
import { fill } from '../../src/features/postmortem/fill.ts';
import { escapeAddress, escapeLine, escapeText } from '../../src/features/postmortem/markdown.ts';
import { keyOf, parseTemplate, parseText, TemplateError } from '../../src/features/postmortem/template.ts';

function complaint(text: string): string {
  try {
    parseTemplate({ file: 'postmortem.md', text });
    return 'no complaint';
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
}

const filled = (text: string, values: Values, prompts = true) => {
  const [section] = parseTemplate({ file: 'postmortem.md', text: `## Section\n${text}` }).sections;
  return fill(section?.nodes ?? [], values, { prompts });
};

describe('the template that ships', () => {
  it('has the sections that people expect', () => {
    const file = 'config/postmortem.md';
    const { sections } = parseTemplate({ file, text: readFileSync(file, 'utf8') });
    expect(sections.map(({ title }) => title)).toEqual([
      'Summary',
      'Customer impact',
      'Timeline',
      'Contributing factors',
      'Detection',
      'What went well',
      'What went badly',
      'Where we got lucky',
      'Follow-ups',
      'Who took part',
    ]);
    // A form of Slack's takes 3,000 characters.
    for (const { text } of sections) expect(text.length).toBeLessThan(3000);
  });
});

it('every field is named in docs/postmortems.md', () => {
  const named = readFileSync('docs/postmortems.md', 'utf8');
  const all = (some: Fields): string[] =>
    Object.entries(some).flatMap(([name, kind]) => [name, ...(typeof kind === 'object' ? all(kind.each) : [])]);
  // Add it to the table there, where whoever writes a template looks.
  expect(all(fields).filter((name) => !named.includes(`\`${name}\``))).toEqual([]);
});

describe('a template that cannot be used', () => {
  it.each([
    ['a field that there is not', '## One\n\nWell\n{{titel}}', 'postmortem.md:4: there is no field "titel" here'],
    ['after lines that vanish', '## One\n{{#felt}}\nx\n{{/felt}}\n\n{{titel}}', 'postmortem.md:6: there is no field'],
    ['a field that every object has', '## One\n{{constructor}}', 'postmortem.md:2: there is no field "constructor"'],
    ['a list as a value', '## One\n{{timeline}}', 'postmortem.md:2: "timeline" is a list'],
    ['a field of a list outside of it', '## One\n{{time}}', 'postmortem.md:2: there is no field "time" here'],
    ['where there is nothing in the list', '## One\n{{^timeline}}{{time}}{{/timeline}}', 'no field "time" here'],
    [
      'a block that is not closed',
      '## One\n\n{{#timeline}}\n{{time}}',
      'postmortem.md:3: the block {{#timeline}} is not',
    ],
    ['a block closed twice', '## One\n{{#felt}}a{{/felt}}{{/felt}}', 'postmortem.md:2: {{/felt}} closes nothing'],
    [
      'blocks that cross',
      '## One\n{{#felt}}\n{{#fix}}\n{{/felt}}\n{{/fix}}',
      'postmortem.md:4: {{/felt}} closes nothing here: {{#fix}} is open',
    ],
    ['something before the first section', '\nHello\n## One', 'postmortem.md:2: stands before the first section'],
    ['nothing', '', 'postmortem.md:1: has no section'],
    ['a section twice', '## One\n\n## Two\n## one', 'postmortem.md:4: the section "one" is there twice'],
    ['a title without a letter', '## One\n## ---', 'postmortem.md:2: the title of a section needs a letter'],
  ])('says the line and why: %s', (_, text, why) => expect(complaint(text)).toContain(why));

  it.each([
    ['Customer impact', 'customer-impact'],
    ['  Où est-il ?', 'ou-est-il'],
    ['経緯', '経緯'],
  ])('%s has the key %s', (title, key) => expect(keyOf(title)).toBe(key));
});

describe('filling in', () => {
  it('puts in what is known, and says what is not', () => {
    const text = '{{#impactShare}}{{impactShare}} of them{{/impactShare}}{{^impactShare}}not known{{/impactShare}}';
    expect(filled(text, { impactShare: '20 %' })).toBe('20 % of them');
    expect(filled(text, {})).toBe('not known');
  });

  it('goes through lists, and lists in lists, without leaving empty lines', () => {
    const text =
      '{{#timeline}}\n- {{time}} {{text}}{{#files}} [{{name}}]({{address}}){{/files}}\n{{/timeline}}\n{{^timeline}}\nNone\n{{/timeline}}';
    const timeline = [
      { time: '09:00', text: 'One', files: [] },
      { time: '09:05', text: 'Two', files: [{ name: 'a', address: 'https://x.example/a' }] },
    ];
    expect(filled(text, { timeline })).toBe('- 09:00 One\n- 09:05 Two [a](https://x.example/a)');
    expect(filled(text, { timeline: [] })).toBe('None');
  });

  it('does not take an outer value for an inner one that is not known', () => {
    const text = '{{#followUps}}{{owner}};{{/followUps}}{{owner}}';
    expect(filled(text, { owner: 'Ana', followUps: [{ owner: 'Ben' }, {}] })).toBe('Ben;;Ana');
  });

  it('asks its questions until it is published', () => {
    expect(filled('{{? What\n  was it? }}', {})).toBe('*What was it?*');
    expect(filled('a\n\n{{? What was it? }}\n\nb', {}, false)).toBe('a\n\nb');
  });

  it('never reads a value as a template', () => {
    expect(filled('{{title}}', { title: '{{summary}} {{#felt}}', summary: 'secret' })).toBe('{{summary}} {{#felt}}');
  });
});

describe('what a person wrote', () => {
  const written = (text: string) => fill(parseText(text), { title: 'Checkout', felt: 'yes' }, { prompts: true });
  it.each([
    ['{{title}} fails', 'Checkout fails'],
    ['{{ .Values.image }}', '{{ .Values.image }}'],
    ['{{#felt}}open', '{{#felt}}open'],
    ['{{#nothing}}x{{/nothing}}', '{{#nothing}}x{{/nothing}}'],
    ['a\n  {{#nothing}}\nx\n{{/nothing}}\nb', 'a\n  {{#nothing}}\nx\n{{/nothing}}\nb'],
    ['a\n{{#felt}} \nx\n {{/felt}}\nb', 'a\nx\nb'],
    ['a\n {{#felt}}\nb', 'a\n {{#felt}}\nb'],
    ['{{/felt}} {{timeline}}', '{{/felt}} {{timeline}}'],
    ['{{#felt}}a {{#fix}}b{{/felt}}', '{{#felt}}a {{#fix}}b{{/felt}}'],
    ['<b>**as it is**</b>', '<b>**as it is**</b>'],
  ])('keeps what it does not know: %s', (text, reads) => expect(written(text)).toBe(reads));
});

const hostile = [
  '[click](https://evil.example)',
  '![x](https://evil.example/x.png)',
  '<img src=x onerror=alert(1)>',
  '<https://evil.example>',
  'https://evil.example/path',
  'www.evil.example',
  'WWW.evil.example',
  'mailto:ana@evil.example',
  'ana.b@evil.example',
  '[a]: https://evil.example',
  '[a][b]',
  '# Heading',
  '###### Heading',
  'Heading\n===',
  'Heading\n---',
  '- item\n- item',
  '+ item',
  '1. item',
  '2) item',
  '> quote',
  '```\ncode\n```',
  '~~~\ncode',
  '`code`',
  '    indented',
  '\tindented',
  '**bold** __bold__ *i* _i_ ~~gone~~',
  '| a | b |\n|---|---|\n| c | d |',
  '&lt;script&gt; &#60;b&#62; &copy;',
  '\\[click](https://evil.example)',
  '\\\\[click](https://evil.example)',
  '***',
  '<!-- gone -->',
  '</p></div><script>1</script>',
  'a\r\n\r\n# b',
  'a\u2028# b',
  'FTP://evil.example',
];
/** What a value may become: a paragraph or an item around it, and breaks in it. */
const ours = /<\/?(p|ul|li|strong|br|table|thead|tbody|tr|td|th)>/g;

describe('words of people', () => {
  it.each(hostile)('make nothing but words: %j', (text) => {
    for (const [safe, around] of [
      [escapeText(text), (value: string) => value],
      [escapeText(text), (value: string) => `- **09:00** ${value}`],
      [escapeLine(text), (value: string) => `| a |\n|---|\n| ${value} |`],
      [escapeLine(text), (value: string) => `${value}\n\nend`],
    ] as const) {
      const html = String(marked.parse(around(safe), { gfm: true }));
      expect(html.replace(ours, '')).not.toMatch(/<[a-z/!]/i);
    }
  });

  it.each(hostile.filter((text) => !/[\r\n\t\u2028]|^ /.test(text)))('read as they were written: %j', (text) => {
    const html = String(marked.parse(escapeText(text), { gfm: true }));
    const read = html
      .replace(ours, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    expect(read.trim()).toBe(text);
  });

  it.each([
    ['https://x.example/a?b=1', 'https://x.example/a?b=1'],
    ['image:F0123', 'image:F0123'],
    ['https://x.example/a) [evil](https://evil.example', 'https://x.example/a%29%20%5bevil%5d%28https://evil.example'],
    ['javascript:alert(1)', ''],
    ['data:text/html,x', ''],
    ['image:../../x', ''],
    ['//evil.example', ''],
    ['', ''],
  ])('lead only where links may lead: %s', (address, safe) => expect(escapeAddress(address)).toBe(safe));
});
