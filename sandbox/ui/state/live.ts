/** The line to the sandbox: opened for one person, and again by itself when it breaks. */
import { batch } from '@preact/signals';
import type { Delta, Snapshot } from '../../wire.ts';
import { forgetMessages, takeMessages } from './channel.ts';
import { line, takeDelta, takeSnapshot, viewer } from './store.ts';

const againAfterMs = [200, 500, 1000, 2000];
/** the sandbox's own code for a person it does not know */
const nobody = 4404;

let current: WebSocket | undefined;
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export function listenAs(person: string) {
  clearTimeout(timer);
  current?.close();
  tries = 0;
  if (viewer.peek()?.name !== person) viewer.value = undefined;
  open(person);
}

function open(person: string) {
  const address = new URL(`/sandbox/people/${encodeURIComponent(person)}/stream`, location.href);
  address.protocol = location.protocol.replace('http', 'ws');
  const socket = new WebSocket(address);
  current = socket;
  socket.onmessage = ({ data }) => {
    if (socket === current) take(JSON.parse(String(data)) as Snapshot | Delta);
  };
  socket.onclose = ({ code }) => {
    if (socket !== current) return;
    line.value = code === nobody ? 'nobody' : 'lost';
    tries += 1;
    timer = setTimeout(open, againAfterMs[Math.min(tries, againAfterMs.length) - 1], person);
  };
}

function take(told: Snapshot | Delta) {
  batch(() => {
    if (told.kind === 'delta') {
      takeDelta(told);
      if (told.messages) takeMessages(told.messages);
      return;
    }
    tries = 0;
    takeSnapshot(told);
    // What was said while the line was down is not known here.
    forgetMessages();
    line.value = 'open';
  });
}
