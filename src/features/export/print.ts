import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { Devtools } from './devtools.ts';

const nothing = z.unknown();

/** The CSS of the page says how it lies on paper. Tagged, so that it can be read aloud. */
const asPaper = { preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true };

/** Prints an HTML file in a tab that shares nothing with any other. */
export async function printPage(browser: Devtools, page: string): Promise<Buffer> {
  const { browserContextId } = await browser.ask(
    'Target.createBrowserContext',
    {},
    z.object({ browserContextId: z.string() }),
  );
  try {
    const tab = await openTab(browser, browserContextId);
    await load(browser, tab, pathToFileURL(page).href);
    // In one answer: by pieces, each of which waits for the one before, a PDF of ten megabytes takes a tenth longer.
    const { data } = await browser.ask('Page.printToPDF', asPaper, z.object({ data: z.string() }), tab);
    return Buffer.from(data, 'base64');
  } finally {
    // A browser that died has none any more.
    await browser.ask('Target.disposeBrowserContext', { browserContextId }, nothing).catch(() => undefined);
  }
}

async function openTab(browser: Devtools, browserContextId: string): Promise<string> {
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
  return sessionId;
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
    await browser.ask('Page.enable', {}, nothing, tab);
    await browser.ask('Page.setLifecycleEventsEnabled', { enabled: true }, nothing, tab);
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
