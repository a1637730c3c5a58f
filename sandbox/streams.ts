/** Lines of JSON that go on: the clock, for the bot. */
import type { ServerResponse } from 'node:http';
import type { Slack } from './slack.ts';

export function createStreams({ clock }: Slack) {
  const open = new Set<ServerResponse>();

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
    stop() {
      for (const response of open) response.destroy();
    },
  };
}
