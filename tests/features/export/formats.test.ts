import { describe, expect, it } from '@jest/globals';
import { canvasMarkdown } from '../../../src/features/export/canvas-markdown.ts';
import { baseName, imageName } from '../../../src/features/export/file-names.ts';
import { toHtml } from '../../../src/features/export/html.ts';
import { toMarkdown } from '../../../src/features/export/markdown.ts';
import { toPdf } from '../../../src/features/export/pdf.ts';
import { undrawableWords } from '../../../src/features/export/undrawable.ts';
import { aDocument, aHostileDocument, anImage, aSection } from '../../support/a-document.ts';

const images = new Map([['F0GRAPH', anImage('F0GRAPH')]]);

describe('the HTML file', () => {
  it('needs nothing from elsewhere and can do nothing', () => {
    const html = toHtml(aHostileDocument(), images);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    expect(policy).toMatch(/^default-src 'none'; img-src data:; style-src 'sha256-[\w+/=]+';/);
    expect(html).not.toMatch(
      /<script|<iframe|<link|<img src="(?!data:image\/png;base64,)|<[^>]* on\w+=|href="(?!https?:|mailto:|#)/i,
    );
    expect(html).toContain('<img src="data:image/png;base64,');
  });

  it('shows no image that may hold a program, and says that one is gone', () => {
    const svg = new Map([['F0GRAPH', { ...anImage('F0GRAPH'), type: 'image/svg+xml' }]]);
    expect(toHtml(aDocument(), svg)).toContain('[image: Error rate by endpoint]');
  });

  it('names people, and keeps apart those whom nobody knows any more', () => {
    const html = toHtml(aDocument({ names: new Map([['U0ANA', 'Ana <b>Ruiz</b>']]) }), images);
    expect(html).toContain('@Ana &lt;b&gt;Ruiz&lt;/b&gt; declared');
    expect(html).toContain('somebody (U0BEN): error rate');
  });
});

describe('the Markdown file', () => {
  it('has no HTML, no link but to the web, and no picture from elsewhere', () => {
    const text = toMarkdown(aHostileDocument());
    expect(text).not.toMatch(/(?<!\\)<(?:script|img|div|b|!)/);
    expect(text).not.toMatch(/(?<!\\)\]\(javascript:/);
    expect(text).not.toMatch(/(?<!\\)!\[[^\]]*\]\(https?:/);
    expect(text).not.toMatch(/[\u202e\u200b]/);
  });

  it('keeps code as it was written, and autolinks', () => {
    const written = 'See <https://x.example/a>.\n\n```html\n<script>alert(1)</script>\n```\n\nand `<b>`';
    expect(toMarkdown(aDocument({ sections: [aSection('A', written)] }))).toContain(written);
  });

  it('has images beside it, or says where they are', () => {
    expect(toMarkdown(aDocument(), () => ({ file: 'x/F0GRAPH.png' }))).toContain(
      '![Error rate by endpoint](x/F0GRAPH.png)',
    );
    expect(toMarkdown(aDocument(), () => ({ link: 'https://x.example/' }))).toContain(
      '[image: Error rate by endpoint](https://x.example/)',
    );
  });

  it('takes 500 images', () => {
    const markdown = Array.from({ length: 500 }, (_, index) => `![f${index}](image:F${index})`).join('\n\n');
    const text = toMarkdown(aDocument({ sections: [aSection('Timeline', markdown)] }), (id) => ({ file: `${id}.png` }));
    expect(text.match(/!\[f\d+\]\(F\d+\.png\)/g)).toHaveLength(500);
  });
});

describe('the canvas', () => {
  it('stays within what Slack takes in a table and altogether', () => {
    const table = `| a | b |\n|---|---|\n${'| x | y |\n'.repeat(500)}`;
    const rows = canvasMarkdown(aDocument({ sections: [aSection('A', table)] })).match(/^\| [xab]/gm) ?? [];
    expect(rows.length).toBeLessThanOrEqual(150);
    const long = canvasMarkdown(
      aDocument({ sections: [aSection('A', 'word '.repeat(10).concat('\n').repeat(5_000))] }),
    );
    expect(long.length).toBeLessThan(100_000);
    expect(long).toMatch(/The rest is in the exported files/);
  });
});

describe('the PDF', () => {
  it('is drawn without a browser, and names what its fonts lack', async () => {
    const { bytes, by } = await toPdf(aHostileDocument(), images.values(), undefined);
    expect({ by, head: bytes.subarray(0, 5).toString() }).toEqual({ by: 'library', head: '%PDF-' });
    const latin = (codePoint: number) => codePoint < 0x250;
    expect(undrawableWords('決済 שלום 👩‍👩‍👧', latin)).toMatch(
      /lack 9 characters .*\(Chinese or Japanese, Hebrew, emoji\)/,
    );
    expect(undrawableWords('Grüße\u200b\ufe0f', latin)).toBeUndefined();
  });
});

describe('a file', () => {
  it.each([
    ['../../etc/passwd', 'incident-7-etc-passwd'],
    ['C:\\x\\..\\y', 'incident-7-c-x-y'],
    ['決済', 'incident-7'],
    ['\u202egnp.exe\0', 'incident-7-gnp-exe'],
    ['x'.repeat(300), `incident-7-${'x'.repeat(49)}`],
  ])('about %s has a name that leads nowhere', (title, name) => {
    expect(baseName({ number: 7, title, isPrivate: false })).toBe(name);
  });

  it('with an image is named by its id', () => {
    expect(imageName({ id: '../F1', type: 'image/png' })).toBe('F1.png');
    expect(imageName({ id: 'F1', type: 'text/html' })).toBe('F1.bin');
  });
});
