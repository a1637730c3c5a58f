import type { Browser } from '../../exporting.ts';
import type { Log } from '../../log.ts';
import { type Chromium, findChromium, startChromium } from './chromium.ts';
import { openTab, printPage, type Tab } from './print.ts';

/** A cold start on a busy machine takes seconds; longer than this it hangs. Real milliseconds. */
const patience = 20_000;
/** Starting takes longer than most pages do, and who exports one incident often exports more. Real milliseconds. */
const keptFor = 60_000;

interface BrowserOptions {
  /** What the operator set: a path, or `none`. */
  chromium?: string | undefined;
  /** Hears when it could not print. */
  log?: Pick<Log, 'warn'>;
  patience?: number;
  keptFor?: number;
}

/** Chromium, started when something is to be printed and ended when nothing was for a while. */
export function createBrowser(options: BrowserOptions = {}): Browser & AsyncDisposable {
  const most = options.patience ?? patience;
  let running: Chromium | undefined;
  /** Pages being printed, and those to come. */
  let holds = 0;
  let rest: NodeJS.Timeout | undefined;
  /** One that was opened before there was a page for it. */
  let ahead: Promise<Tab> | undefined;

  function started(): Chromium {
    if (running && !running.isOver()) return running;
    const path = findChromium(options.chromium);
    if (!path) throw new Error('there is no Chromium');
    ahead = undefined;
    running = startChromium(path);
    return running;
  }

  function tabOf(chromium: Chromium): Promise<Tab> {
    const tab = ahead ?? openTab(chromium.devtools);
    ahead = undefined;
    return tab;
  }

  /** It does not end for want of work before this is disposed. */
  function hold(): Disposable {
    clearTimeout(rest);
    holds++;
    return {
      [Symbol.dispose]() {
        holds--;
        if (holds === 0 && running) rest = setTimeout(() => void end(), options.keptFor ?? keptFor).unref();
      },
    };
  }

  async function end(one = running): Promise<void> {
    clearTimeout(rest);
    if (one === running) running = undefined;
    await one?.end();
  }

  return {
    isThere: () => findChromium(options.chromium) !== undefined,

    getReady() {
      const open = async () => {
        const { devtools } = started();
        return ahead ?? openTab(devtools);
      };
      ahead = open();
      // Whoever prints hears why there is none.
      ahead.catch(() => undefined);
      return hold();
    },

    async print(page) {
      using _ = hold();
      const chromium = started();
      let late: NodeJS.Timeout | undefined;
      try {
        return await Promise.race([
          tabOf(chromium).then((tab) => printPage(chromium.devtools, tab, page)),
          new Promise<never>((_, reject) => {
            late = setTimeout(() => reject(new Error(`Chromium took longer than ${most / 1000} s`)), most);
          }),
        ]);
      } catch (error) {
        options.log?.warn({ err: error }, 'Chromium could not print; the PDF is drawn without it');
        // One that hangs or has lost a tab is not asked again.
        await end(chromium);
        throw error;
      } finally {
        clearTimeout(late);
      }
    },

    [Symbol.asyncDispose]: () => end(),
  };
}
