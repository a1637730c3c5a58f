import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { Devtools } from './devtools.ts';

const nothing = z.unknown();

/** The CSS of the page says how it lies on paper. Tagged, so that it can be read aloud. */
const asPaper = { preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true };

/** A tab that shares nothing with any other, and is used once. */
export interface Tab {
  browserContextId: string;
  sessionId: string;
}

export async function openTab(browser: Devtools): Promise<Tab> {
  const { browserContextId } = await browser.ask(
    'Target.createBrowserContext',
    {},
    z.object({ browserContextId: z.string() }),
  );
  const { targetId } = await browser.ask(
    'Target.createTarget',
    { url: 'about:blank', browserContextId },
    z.object({ targetId: z.string() }),
  );
  const { sessionId } = await browser.ask(
    'Target.attachToTarget',
    { targetId, flatten: true },
    z.object({ sessionId: z.string() }),
  );
  await browser.ask('Page.enable', {}, nothing, sessionId);
  await browser.ask('Page.setLifecycleEventsEnabled', { enabled: true }, nothing, sessionId);
  return { browserContextId, sessionId };
}

/** Prints an HTML file in a tab, which it closes. */
export async function printPage(
  browser: Devtools,
  { sessionId, browserContextId }: Tab,
  page: string,
): Promise<Buffer> {
  try {
    await load(browser, sessionId, pathToFileURL(page).href);
    // In one answer: by pieces, each of which waits for the one before, a PDF of ten megabytes takes a tenth longer.
    const { data } = await browser.ask('Page.printToPDF', asPaper, z.object({ data: z.string() }), sessionId);
    return Buffer.from(data, 'base64');
  } finally {
    // Nobody waits for it. A browser that died has none any more.
    browser.ask('Target.disposeBrowserContext', { browserContextId }, nothing).catch(() => undefined);
  }
}

const Lifecycle = z.object({ name: z.string(), loaderId: z.string() });

/** Waits for the page's own load, with its images, and not for that of the empty page before it. */
async function load(browser: Devtools, tab: string, url: string): Promise<void> {
  const loaded = new Set<string>();
  let heard: (() => void) | undefined;
  const silence = browser.listen(({ method, params, sessionId }) => {
    if (sessionId !== tab || method !== 'Page.lifecycleEvent') return;
    const { name, loaderId } = Lifecycle.parse(params);
    if (name !== 'load') return;
    loaded.add(loaderId);
    heard?.();
  });
  try {
    const Going = z.object({ loaderId: z.string(), errorText: z.string().optional() });
    const { loaderId, errorText } = await browser.ask('Page.navigate', { url }, Going, tab);
    if (errorText) throw new Error(`the browser could not open the page: ${errorText}`);
    await new Promise<void>((resolve) => {
      heard = () => {
        if (loaded.has(loaderId)) resolve();
      };
      heard();
    });
  } finally {
    silence();
  }
}
