import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createBrowser } from '../../../src/features/export/browser.ts';
import { chromiumsThere } from '../../../src/features/export/chromium.ts';
import { toPdf } from '../../../src/features/export/pdf.ts';
import { aDocument, anImage } from '../../support/a-document.ts';
import { eventually } from '../../support/eventually.ts';

const images = [anImage('F0GRAPH')];
const folder = mkdtempSync(join(tmpdir(), 'tocsin-fake-chromium-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Longer than the browser of the test below stays without anything to do. */
async function* imagesThatTakeLong() {
  await sleep(400);
  yield* images;
}

/** A program in the place of Chromium: a shell script. */
function aChromium(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const folders = () => readdirSync(tmpdir()).filter((name) => /^tocsin-(?:pdf|chromium)-/.test(name));

/** None that was not there before. Other tests make PDFs meanwhile, whose folders go away too. */
const nothingIsLeftBut = (before: string[]) =>
  eventually('no folder of ours', async () => folders().every((name) => before.includes(name)) || undefined);

describe('the PDF', () => {
  it('has no picture that is broken, and all the rest', async () => {
    const broken = [{ ...anImage('F0GRAPH'), bytes: Buffer.from('no picture') }];
    const { bytes } = await toPdf(aDocument(), broken, undefined);
    expect(bytes.length).toBeGreaterThan(10_000);
    expect(bytes.includes('/Subtype /Image')).toBe(false);
    expect((await toPdf(aDocument(), images, undefined)).bytes.includes('/Subtype /Image')).toBe(true);
  });

  it.each([
    ['ends at once', 'echo "no display" >&2; exit 3', /Chromium ended with 3\. no display/],
    ['hangs', 'sleep 60', /Chromium took longer than 0\.5 s/],
    ['is killed', 'read -r line <&3 & sleep 0.1; kill -9 $$', /Chromium ended with SIGKILL/],
    ['speaks another language', 'printf "hello\\0" >&4; sleep 60', /speaks another language/],
  ])('is drawn by the library, soon and with the reason, where the browser %s', async (how, script, reason) => {
    const warned: unknown[] = [];
    const log = { warn: (...words: unknown[]) => warned.push(words) };
    const chromium = aChromium(how.replaceAll(' ', '-'), script);
    const before = folders();
    await using browser = createBrowser({ chromium, log: log as never, patience: 500 });
    const { by, instead } = await toPdf(aDocument(), images, browser);
    expect({ by, instead }).toEqual({
      by: 'library',
      instead: expect.objectContaining({ message: expect.stringMatching(reason) }),
    });
    expect(warned).toEqual([[expect.anything(), 'Chromium could not print; the PDF is drawn without it']]);
    await nothingIsLeftBut(before);
  });

  it('is drawn by the library where there is no browser, and nobody is told', async () => {
    await using browser = createBrowser({ chromium: 'none' });
    expect(await toPdf(aDocument(), images, browser)).toMatchObject({ by: 'library' });
  });

  const there = chromiumsThere();
  (there.length > 0 ? it : it.skip).each(there)(
    'is printed by %s where there is one, which waits for the pictures and is kept for the next',
    async (path) => {
      const before = folders();
      const starts = join(folder, `starts-of-${basename(path)}`);
      const chromium = aChromium('counted', `echo started >> ${starts}; exec ${path} "$@"`);
      await using browser = createBrowser({ chromium, patience: 60_000, keptFor: 200 });
      const printed = await Promise.all([1, 2].map(() => toPdf(aDocument(), imagesThatTakeLong(), browser)));
      for (const { by, instead, bytes } of printed) {
        expect({ by, instead }).toEqual({ by: 'chromium', instead: undefined });
        expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
        expect(bytes.includes('/Subtype /Image')).toBe(true);
      }
      expect(readFileSync(starts, 'utf8')).toBe('started\n');
      await nothingIsLeftBut(before);
    },
    90_000,
  );

  (there.length > 0 ? it : it.skip)(
    'is printed by a program that waits for nothing else, which ends after its browser and in order',
    async () => {
      const before = folders();
      const page = join(folder, 'page.html');
      writeFileSync(page, '<!doctype html><title>A page</title><p>One line.');
      const program = `import { createBrowser } from '${new URL('../../../src/features/export/browser.ts', import.meta.url).href}';
        {
          await using browser = createBrowser({ patience: 60_000 });
          console.log((await browser.print('${page}')).subarray(0, 5).toString());
        }
        console.log('over');`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', program]);
      expect(stdout).toBe('%PDF-\nover\n');
      await nothingIsLeftBut(before);
    },
    90_000,
  );
});
