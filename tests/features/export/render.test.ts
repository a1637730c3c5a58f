import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from '../../../src/features/export/render.ts';
import { processorTime } from '../../support/processor-time.ts';

const nowhere = () => undefined;
const rendered = (markdown: string, imageUrl: (id: string) => string | undefined = nowhere) =>
  renderMarkdown(markdown, imageUrl);

describe('Markdown as HTML', () => {
  it('has headings, lists, tables, code and links', () => {
    const html = rendered(
      '## A\n\n- b\n- [x] c\n\n| d | e |\n|---|--:|\n| f | `g` |\n\n```js\nh < i\n```\n\n<https://j.example/>',
    );
    for (const piece of [
      '<h2 dir="auto">A</h2>',
      '<li dir="auto">b</li>',
      '☑',
      '<th dir="auto">d</th>',
      '<code>g</code>',
    ])
      expect(html).toContain(piece);
    expect(html).toContain('<td dir="auto" class="right">');
    expect(html).toContain('<pre><code>h &lt; i\n</code></pre>');
    expect(html).toContain('<a href="https://j.example/" rel="noopener noreferrer">');
  });

  it.each([
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '[a](javascript:alert(1))',
    '[a](  JaVaScRiPt:alert(1))',
    '[a](data:text/html,<script>alert(1)</script>)',
    '![a](https://elsewhere.example/pixel.png)',
    '![a](javascript:alert(1))',
    '![" onerror="alert(1)](image:F1)',
    '[a](https://x.example/"onmouseover="alert(1))',
    '[a](https://x.example "t\\" onmouseover=\\"alert(1)")',
    '| a |\n|---|\n| <svg onload=alert(1)> |',
    '```"><script>alert(1)</script>\nx\n```',
    '<https://x.example/?"><script>alert(1)</script>>',
    '# <b onclick=alert(1)>x</b>',
    '[x]: javascript:alert(1)\n\n[x]',
    '<!-- --><iframe src=//x.example>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ])('obeys nothing in %s', (hostile) => {
    const html = rendered(hostile, (id) => (id === 'F1' ? '/images/F1' : undefined));
    const allowed =
      /^(?:[^<>]|<\/?(?:h[1-6]|p|li|ul|table|thead|tbody|tr|th|td|pre|code|em|div)(?: (?:dir="auto"|class="(?:wide|left|right|center)"))*>|<a href="(?:https?:|mailto:)[^"<>]*" rel="noopener noreferrer">|<\/a>|<img src="\/images\/F1" alt="[^"<>]*" loading="lazy">)*$/;
    expect(html).toMatch(allowed);
  });

  it('shows images that are ours, and says so of those that are gone', () => {
    expect(rendered('![a graph](image:F123)', (id) => `/images/${id}`)).toContain(
      '<img src="/images/F123" alt="a graph"',
    );
    expect(rendered('![a graph](image:F123)')).toContain('[image: a graph]');
    expect(rendered('![a graph](image:../../x)', (id) => `/images/${id}`)).not.toContain('<img');
  });

  it('lets each block find its direction, and takes out what turns text around unseen', () => {
    expect(rendered('שלום\n\nabc \u202edlrow\u202c\u200b')).toBe(
      '<p dir="auto">שלום</p>\n<p dir="auto">abc dlrow</p>\n',
    );
  });

  it.each([
    ['quotes', '>'.repeat(20_000)],
    ['lists', '- '.repeat(20_000)],
    ['brackets', '['.repeat(20_000)],
    ['emphasis', '*a_ '.repeat(10_000)],
    ['backticks', `${'`'.repeat(7)}a`.repeat(5_000)],
    ['images', '![a'.repeat(10_000)],
    ['pipes', '|'.repeat(40_000)],
    ['a long line', 'x'.repeat(40_000)],
  ])('lives through 40,000 characters of %s', (_, markdown) => {
    const took = processorTime(() => {
      expect(rendered(markdown).length).toBeGreaterThan(0);
    });
    expect(took).toBeLessThan(5_000);
  });
});
