import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { sandboxAt } from '../sandbox/client.ts';
import { createSandbox } from '../sandbox/server.ts';
import { followClock, NoClock } from '../src/time.ts';
import { eventually } from './support/eventually.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const eight = new Date('2026-03-01T08:00:00Z');

async function standing(port = 0) {
  const sandbox = await createSandbox({ port, clock: { start: eight, running: false } });
  cleanups.push(() => sandbox[Symbol.asyncDispose]());
  const { clock } = sandboxAt(sandbox.url);
  await clock.freeze();
  await clock.setTo(eight);
  return { sandbox, clock };
}

async function following(url: string, within?: number) {
  const clock = await followClock(url, within);
  cleanups.push(() => clock.close());
  return clock;
}

const shows = (clock: { now(): Date }, time: Date) =>
  eventually(`${time.toISOString()}`, async () => (clock.now().getTime() === time.getTime() ? true : undefined), {
    seen: async () => clock.now().toISOString(),
  });

describe('a clock that is followed', () => {
  it('is right from the first moment, and stands while it is frozen', async () => {
    const { sandbox } = await standing();
    const clock = await following(sandbox.clockUrl);
    expect(clock.now()).toEqual(eight);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(clock.now()).toEqual(eight);
  });

  it('jumps when somebody winds it, and says so', async () => {
    const { sandbox, clock: hand } = await standing();
    const clock = await following(sandbox.clockUrl);
    let jumps = 0;
    const stopListening = clock.onJump(() => {
      jumps += 1;
    });
    await hand.forward({ hours: 1 });
    await shows(clock, new Date('2026-03-01T09:00:00Z'));
    await hand.setTo(eight);
    await shows(clock, eight);
    expect(jumps).toBe(2);
    stopListening();
    await hand.forward({ minutes: 1 });
    await shows(clock, new Date('2026-03-01T08:01:00Z'));
    expect(jumps).toBe(2);
  });

  it('goes on by itself while it runs', async () => {
    const { sandbox, clock: hand } = await standing();
    const clock = await following(sandbox.clockUrl);
    await hand.run();
    await eventually('time to pass', async () => (clock.now() > eight ? true : undefined));
    expect(clock.now().getTime() - eight.getTime()).toBeLessThan(10_000);
  });

  it('goes on as it was told while the sandbox is away, and follows it again when it is back', async () => {
    const { sandbox } = await standing();
    const clock = await following(sandbox.clockUrl);
    await sandbox[Symbol.asyncDispose]();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(clock.now()).toEqual(eight);

    const { clock: hand } = await standing(sandbox.port);
    await hand.forward({ hours: 2 });
    await shows(clock, new Date('2026-03-01T10:00:00Z'));
  });

  it('hears what is planned next, and that nothing is', async () => {
    const { sandbox, clock: hand } = await standing();
    const clock = await following(sandbox.clockUrl);
    const plan = new Date('2026-03-01T08:30:00Z');
    clock.reportDue(plan);
    await eventually('the plan', async () => ((await hand.due())?.getTime() === plan.getTime() ? true : undefined));
    clock.reportDue(null);
    await eventually('no plan', async () => ((await hand.due()) === null ? true : undefined));
  });
});

describe('a clock that never says the time', () => {
  async function answering(answer: string | undefined): Promise<string> {
    const server = createServer((_, response) => (answer === undefined ? undefined : response.end(answer)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it.each([
    ['is silent', undefined],
    ['is something else', 'It works!\n'],
    ['says nothing that is a time', '{"now":"noon"}\n'],
  ])('is complained about after a while when it %s', async (_, answer) => {
    await expect(followClock(await answering(answer), 100)).rejects.toThrow(NoClock);
  });

  it('is complained about when nobody is there', async () => {
    await expect(followClock('http://127.0.0.1:9/clock', 100)).rejects.toThrow(
      'The clock at http://127.0.0.1:9/clock does not say the time. Start the sandbox, or unset TOCSIN_CLOCK_URL.',
    );
  });
});
