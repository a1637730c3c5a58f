import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Chunk, Inline, Style } from '../../../sandbox/ui/blocks/text/inline.ts';
import { inline, mrkdwn } from '../../../sandbox/ui/blocks/text/mrkdwn.ts';
import { processorTime } from '../../support/processor-time.ts';

const text = (words: string): Inline => ({ type: 'text', text: words });
const styled = (style: Style, ...children: Inline[]): Inline => ({ type: 'styled', style, children });
const paragraph = (...children: Inline[]): Chunk => ({ type: 'paragraph', children });

describe('styles', () => {
  it.each([
    ['*bold*', [styled('bold', text('bold'))]],
    ['_italic_', [styled('italic', text('italic'))]],
    ['~strike~', [styled('strike', text('strike'))]],
    ['`code`', [styled('code', text('code'))]],
    ['*_both_*', [styled('bold', styled('italic', text('both')))]],
    ['a *b* c', [text('a '), styled('bold', text('b')), text(' c')]],
    ['(*b*), *c*.', [text('('), styled('bold', text('b')), text('), '), styled('bold', text('c')), text('.')]],
  ])('reads %s', (source, nodes) => {
    expect(inline(source)).toEqual(nodes);
  });

  it.each(['snake_case_name', '2*3*4', '* a *', '*not\nclosed*', '**', '* *', '_', 'a ~ b ~ c', '``', '*a', '**a**'])(
    'leaves %j as it was typed',
    (source) => {
      expect(inline(source)).toEqual([text(source)]);
    },
  );

  it('reads nothing inside code but links', () => {
    expect(inline('`*a* :tada: &lt;b&gt; <https://example.com|c>`')).toEqual([
      styled('code', text('*a* :tada: <b> '), {
        type: 'link',
        url: 'https://example.com',
        children: [text('c')],
      }),
    ]);
  });
});

describe('tokens', () => {
  it.each([
    ['<@U0000000ANA>', { type: 'user', id: 'U0000000ANA' }],
    ['<@U0000000ANA|ana>', { type: 'user', id: 'U0000000ANA' }],
    ['<#C123>', { type: 'channel', id: 'C123' }],
    ['<#C123|general>', { type: 'channel', id: 'C123', label: 'general' }],
    ['<!here>', { type: 'broadcast', range: 'here' }],
    ['<!channel|channel>', { type: 'broadcast', range: 'channel' }],
    ['<!subteam^S123|@ops>', { type: 'usergroup', id: 'S123', label: '@ops' }],
    [
      '<https://example.com/?a=1&amp;b=2|a &amp; b>',
      { type: 'link', url: 'https://example.com/?a=1&b=2', children: [text('a & b')] },
    ],
    ['<mailto:ana@example.com>', { type: 'link', url: 'mailto:ana@example.com', children: [text('ana@example.com')] }],
    [
      '<!date^1392734382^{date} at {time}|then>',
      { type: 'date', seconds: 1392734382, format: '{date} at {time}', fallback: 'then' },
    ],
    [
      '<!date^1392734382^{date}^https://example.com|then>',
      { type: 'date', seconds: 1392734382, format: '{date}', fallback: 'then', url: 'https://example.com' },
    ],
    [':tada:', { type: 'emoji', name: 'tada' }],
    [':wave::skin-tone-3:', { type: 'emoji', name: 'wave', tone: 3 }],
    [':+1:', { type: 'emoji', name: '+1' }],
  ])('reads %s', (source, node) => {
    expect(inline(source)).toEqual([node]);
  });

  it('links bare addresses, unless told not to', () => {
    expect(inline('see https://example.com/a.')).toEqual([
      text('see '),
      { type: 'link', url: 'https://example.com/a', children: [text('https://example.com/a')] },
      text('.'),
    ]);
    expect(inline('see https://example.com/a.', { verbatim: true })).toEqual([text('see https://example.com/a.')]);
  });
});

describe('lines', () => {
  it('sets quotes off, written as &gt; or as >', () => {
    expect(mrkdwn('before\n&gt; one\n> *two*\nafter')).toEqual([
      paragraph(text('before')),
      { type: 'quote', chunks: [paragraph(text('one\n'), styled('bold', text('two')))] },
      paragraph(text('after')),
    ]);
  });

  it('quotes all the rest after >>>', () => {
    expect(mrkdwn('&gt;&gt;&gt; one\n\ntwo')).toEqual([{ type: 'quote', chunks: [paragraph(text('one\n\ntwo'))] }]);
  });

  it('keeps preformatted text as it is', () => {
    expect(mrkdwn('log:\n```\na  *b*\n> c\n```\nend')).toEqual([
      paragraph(text('log:')),
      { type: 'pre', children: [text('a  *b*\n> c\n')] },
      paragraph(text('end')),
    ]);
  });

  it('keeps lists and blank lines as typed', () => {
    expect(mrkdwn('• a\n- b\n\n1. c')).toEqual([paragraph(text('• a\n- b\n\n1. c'))]);
  });
});

/** Everything that would be drawn as words, and every address that could be followed. */
function collect(nodes: Inline[], into = { words: '', urls: [] as string[] }) {
  for (const node of nodes) {
    if (node.type === 'text') into.words += node.text;
    if (node.type === 'link') into.urls.push(node.url);
    if (node.type === 'date' && node.url) into.urls.push(node.url);
    if (node.type === 'link' || node.type === 'styled') collect(node.children, into);
  }
  return into;
}

describe('hostile text', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<javascript:alert(1)|click>',
    '<JAVASCRIPT:alert(1)|click>',
    '< https://example.com>',
    '<data:text/html,x|y>',
    '<vbscript:x>',
    '<@nobody>',
    '<#general>',
    '<!unknown>',
  ])('shows %s as it was typed', (source) => {
    expect(collect(inline(source, { verbatim: true }))).toEqual({ words: source, urls: [] });
  });

  it('decodes an entity once', () => {
    expect(inline('&amp;lt;b&amp;gt; &lt;!here&gt; &quot;')).toEqual([text('&lt;b&gt; <!here> &quot;')]);
  });

  it('follows only addresses a browser cannot run', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>|@#!^:*_~`& \nhttps://javascript') }), (source) => {
        const { urls } = collect(inline(source));
        expect(urls.filter((url) => !/^(https?:\/\/|mailto:|tel:)/i.test(url))).toEqual([]);
      }),
    );
  });

  it('loses no letter', () => {
    const letters = (words: string) => words.replaceAll(/[^a-z]/g, '');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abc*_~` \n') }), (source) => {
        expect(letters(collect(inline(source)).words)).toBe(letters(source));
      }),
    );
  });

  it.each(['*a ', '_a ', '`', '<', ':', '<@', '*_~', 'http'])('reads a whole message of %j at once', (piece) => {
    const longest = piece.repeat(Math.floor(40_000 / piece.length));
    const took = processorTime(() => {
      mrkdwn(longest);
    });
    expect(took).toBeLessThan(1000);
  });
});
