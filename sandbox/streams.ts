/** Lines of JSON that go on: the clock for the bot, a nudge for the page. */
import type { ServerResponse } from 'node:http';
import type { Slack } from './slack.ts';

/** A page that looks twenty times a second looks often enough. */
const nudgeEveryMs = 50;

export function createStreams({ clock, workspace }: Slack) {
  const open = new Set<ServerResponse>();
  const pages = new Set<ServerResponse>();
  let nudging = false;

  workspace.onChange(() => {
    if (pages.size === 0 || nudging) return;
    nudging = true;
    setTimeout(() => {
      nudging = false;
      for (const page of pages) page.write('{"changed":true}\n');
    }, nudgeEveryMs).unref();
  });

  function begin(response: ServerResponse, end: () => void) {
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    open.add(response);
    response.on('close', () => {
      open.delete(response);
      end();
    });
  }

  return {
    clock(response: ServerResponse) {
      let stop = () => {};
      begin(response, () => stop());
      stop = clock.watch(({ now, running }) => {
        response.write(`${JSON.stringify({ now, running })}\n`);
      });
    },
    changes(response: ServerResponse) {
      begin(response, () => pages.delete(response));
      response.write('{"changed":true}\n');
      pages.add(response);
    },
    stop() {
      for (const response of open) response.destroy();
    },
  };
}
