import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, jest } from '@jest/globals';
import { createInbox, type Delivery, type InboxParts } from '../../src/inbox.ts';
import type { Store } from '../../src/store/store.ts';
import { realClock } from '../../src/time.ts';
import { onBothEngines, onSqlite } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { aCommand, anEvent, aPress, arrive, aSubmission, silent } from './arrivals.ts';

let bots = 0;

/** An inbox on a store; what it hands over is in `worked`, what people get later in `late`. */
function anInbox(store: Store, parts: Partial<InboxParts> = {}) {
  const worked: Delivery[] = [];
  const late: unknown[] = [];
  const seen: string[] = [];
  bots += 1;
  const inbox = createInbox({
    store,
    owner: `bot-${bots}`,
    clock: realClock(),
    log: silent,
    wanted: new Set(['member_joined_channel']),
    bot: () => 'B1',
    team: () => 'T1',
    lateAnswer: async ({ key }, payload) => {
      late.push({ key, payload });
    },
    observe: (kind, what) => seen.push(`${kind} ${what}`),
    ...parts,
    process: async (delivery) => {
      worked.push(delivery);
      await parts.process?.(delivery);
    },
  });
  return { ...inbox, worked, late, seen };
}

const unfinished = (store: Store) =>
  store.transact(async (tx) => {
    const far = new Date(Date.now() + 3_600_000);
    const rows = await tx.inbox.unfinished({ owner: 'looking', now: far, leaseUntil: new Date(0) });
    return rows.map(({ key }) => key);
  });

const until = (what: string, is: () => boolean) => eventually(what, async () => (is() ? true : undefined));

/** A store whose transactions fail, as on a full disk. */
const broken = (store: Store): Store => ({ ...store, transact: () => Promise.reject(new Error('disk full')) });

onBothEngines('an inbox', (fresh) => {
  it('keeps what is wanted of an event in the transaction that stores it, before it is acknowledged and once', async () => {
    const store = await fresh.store();
    const kept: unknown[] = [];
    const inbox = anInbox(store, {
      alongside: async (tx, deliveries) => {
        for (const { key } of deliveries) await tx.meta.set(key, 'kept');
        kept.push(...deliveries.map(({ key }) => key));
      },
    });
    const seen: unknown[] = [];
    const event = {
      ...arrive(anEvent('Ev1')),
      ack: async () => void seen.push(await store.read((tx) => tx.meta.get('event:Ev1'))),
    };
    await inbox.receive(event);
    await inbox.receive(event);
    await inbox.receive(arrive(aCommand('1')));
    expect(seen).toEqual(['kept', 'kept']);
    expect(kept).toEqual(['event:Ev1']);
    await inbox.stop();
  });

  it('stores deliveries all the same when something in them cannot be kept, and says so', async () => {
    const store = await fresh.store();
    const said: string[] = [];
    const inbox = anInbox(store, {
      alongside: async (tx) => {
        await tx.meta.set('half', 'done');
        throw new Error('cannot be kept');
      },
      notKept: () => said.push('not kept'),
    });
    expect(await inbox.receive(arrive(anEvent('Ev1')))).toBe('stored');
    expect(said).toEqual(['not kept']);
    expect(await store.read((tx) => tx.meta.get('half'))).toBeUndefined();
    await inbox.stop();
  });

  it('stores a delivery before it is acknowledged, works on it and marks it as finished', async () => {
    const store = await fresh.store();
    const stored: unknown[] = [];
    const inbox = anInbox(store, {
      process: async ({ key, ack }) => {
        stored.push(await store.read((tx) => tx.inbox.body(key)));
        await ack({ text: 'done' });
      },
    });
    const command = arrive(aCommand('1'));
    expect(await inbox.receive(command)).toBe('stored');
    await until('the answer', () => command.acks.length > 0);
    expect(command.acks).toEqual([{ text: 'done' }]);
    expect(stored).toEqual([aCommand('1')]);
    expect(inbox.worked).toMatchObject([{ key: 'command:1', late: false }]);
    await inbox.stop();
    expect(await unfinished(store)).toEqual([]);
  });

  it('works once on what comes several times, at once or later, and answers each time the same', async () => {
    const store = await fresh.store();
    const inbox = anInbox(store, { process: ({ ack }) => ack({ text: 'once' }) });
    const copies = [1, 2, 3].map(() => arrive(aCommand('1')));
    await Promise.all(copies.map((copy) => inbox.receive(copy)));
    const later = arrive(aCommand('1'));
    expect(await inbox.receive(later)).toBe('repeat');
    expect([...copies, later].map(({ acks }) => acks)).toEqual(Array(4).fill([{ text: 'once' }]));

    const events = [1, 2].map(() => arrive(anEvent('Ev1')));
    expect((await Promise.all(events.map((event) => inbox.receive(event)))).toSorted()).toEqual(['repeat', 'stored']);
    expect(inbox.worked.map(({ key }) => key)).toEqual(['command:1', 'event:Ev1']);
  });

  it('knows after a restart what it has stored', async () => {
    const store = await fresh.store();
    const before = anInbox(store);
    await before.receive(arrive(anEvent('Ev1')));
    await before.stop();
    const after = anInbox(store);
    const again = arrive(anEvent('Ev1'));
    expect(await after.receive(again)).toBe('repeat');
    expect([again.acks.length, after.worked.length]).toEqual([1, 0]);
  });

  it('has no work with events that nobody listens to', async () => {
    const store = await fresh.store();
    const inbox = anInbox(store);
    const event = arrive(anEvent('Ev1', { type: 'emoji_changed' }));
    await inbox.receive(event);
    expect([event.acks.length, inbox.worked.length]).toEqual([1, 0]);
    expect(await unfinished(store)).toEqual([]);
  });

  it('learns from our own post coming back that it arrived', async () => {
    const store = await fresh.store();
    const inbox = anInbox(store, { wanted: new Set(['message']) });
    const metadata = { event_type: 'tocsin', event_payload: { key: 'eff_1' } };
    const post = { type: 'message', channel: 'C1', ts: '1.000100', bot_id: 'B1', metadata };
    await inbox.receive(arrive(anEvent('Ev1', post)));
    await inbox.receive(arrive(anEvent('Ev2', { ...post, ts: '2.000100' })));
    expect(await store.read((tx) => tx.ownPosts.find('eff_1'))).toMatchObject({ channel: 'C1', ts: '1.000100' });
    expect(inbox.worked).toEqual([]);
    expect(await unfinished(store)).toEqual([]);
  });

  it('takes up what a bot that is gone left, and answers another way', async () => {
    const store = await fresh.store();
    const never = () => new Promise<void>(() => undefined);
    const before = anInbox(store, { process: never });
    await before.receive(arrive(aCommand('1')));
    await before.receive(arrive(anEvent('Ev1')));
    await before.stop(0);

    const after = anInbox(store, {
      process: ({ ack, kind }) => ack(kind === 'command' ? { text: 'late' } : undefined),
    });
    await after.start({ alone: true });
    await until('both to be worked on', () => after.worked.length === 2);
    expect(after.worked).toMatchObject([
      { key: 'command:1', late: true, body: aCommand('1') },
      { key: 'event:Ev1', late: true },
    ]);
    await after.stop();
    expect(after.late).toEqual([{ key: 'command:1', payload: { text: 'late' } }]);
    expect(await unfinished(store)).toEqual([]);
  });

  it('takes up all of it, however much', async () => {
    const store = await fresh.store();
    const before = anInbox(store, { process: () => new Promise(() => undefined) });
    await Promise.all(Array.from({ length: 250 }, (_, index) => before.receive(arrive(anEvent(`Ev${index}`)))));
    const after = anInbox(store);
    await after.start({ alone: true });
    expect(after.worked).toHaveLength(250);
    await after.stop();
  });

  it('leaves alone what another bot is working on', async () => {
    const store = await fresh.store();
    const busy = anInbox(store, { process: () => new Promise(() => undefined) });
    await busy.receive(arrive(anEvent('Ev1')));
    const other = anInbox(store);
    await other.start({ alone: false });
    expect(other.worked).toEqual([]);
    await other.stop();
  });

  it('gives up what stopped the bot three times, and says so', async () => {
    const store = await fresh.store();
    for (let boot = 1; boot <= 3; boot++) {
      const dying = anInbox(store, { process: () => new Promise(() => undefined) });
      if (boot === 1) await dying.receive(arrive(aCommand('1')));
      else await dying.start({ alone: true });
      expect(dying.worked).toHaveLength(1);
      await dying.stop(0);
    }
    const last = anInbox(store);
    await last.start({ alone: true });
    await last.stop();
    expect(last.worked).toEqual([]);
    expect(last.seen).toContain('command given-up');
    expect(last.late).toMatchObject([
      { key: 'command:1', payload: { text: expect.stringMatching(/could not do this/) } },
    ]);
    expect(await unfinished(store)).toEqual([]);
  });

  it('tries what failed again, and answers when it worked', async () => {
    const store = await fresh.store();
    let failures = 0;
    const inbox = anInbox(store, {
      process: async ({ ack }) => {
        failures += 1;
        if (failures === 1) throw new Error('no luck');
        await ack({ text: 'done at last' });
      },
    });
    const command = arrive(aCommand('1'));
    await inbox.receive(command);
    await until('the answer', () => inbox.late.length > 0);
    expect(command.acks).toEqual([{ response_type: 'ephemeral', text: expect.stringMatching(/trying again/) }]);
    expect(inbox.worked.map(({ late }) => late)).toEqual([false, true]);
    expect(inbox.late).toEqual([{ key: 'command:1', payload: { text: 'done at last' } }]);
    await inbox.stop();
    expect(await unfinished(store)).toEqual([]);
  });

  it('gives up what never works, and tells the person', async () => {
    const store = await fresh.store();
    const inbox = anInbox(store, {
      process: async ({ ack }) => {
        await ack();
        throw new Error('never');
      },
    });
    const press = arrive(aPress('1'));
    await inbox.receive(press);
    await until('the end', () => inbox.seen.includes('press given-up'));
    expect(press.acks).toEqual([undefined]);
    expect(inbox.worked).toHaveLength(3);
    expect(inbox.late).toMatchObject([
      { key: 'press:1', payload: { text: expect.stringMatching(/could not do this/) } },
    ]);
    await inbox.stop();
    expect(await unfinished(store)).toEqual([]);
  });

  it('leaves a form that failed to the person who still has it', async () => {
    const store = await fresh.store();
    const inbox = anInbox(store, { process: () => Promise.reject(new Error('no luck')) });
    const form = arrive(aSubmission('1'));
    await inbox.receive(form);
    await until('the answer', () => form.acks.length > 0);
    expect(form.acks).toEqual([
      { response_action: 'errors', errors: { title: expect.stringMatching(/try once more/) } },
    ]);
    await inbox.stop();
    expect([inbox.worked.length, await unfinished(store)]).toEqual([1, []]);
  });

  it('acknowledges in time what takes long, and answers another way', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance', 'Date'] });
    try {
      const store = await fresh.store();
      const slow = Promise.withResolvers<void>();
      const inbox = anInbox(store, {
        process: async ({ ack }) => {
          await slow.promise;
          await ack({ text: 'at last' });
        },
      });
      const command = arrive(aCommand('1'));
      await inbox.receive(command);
      expect(command.acks).toEqual([]);
      await jest.advanceTimersByTimeAsync(2_600);
      expect(command.acks).toEqual([undefined]);
      slow.resolve();
      await jest.advanceTimersByTimeAsync(0);
      expect(inbox.late).toEqual([{ key: 'command:1', payload: { text: 'at last' } }]);
      expect(command.acks).toHaveLength(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it('acknowledges what nobody listens to', async () => {
    const inbox = anInbox(await fresh.store());
    const press = arrive(aPress('1'));
    await inbox.receive(press);
    await until('the acknowledgement', () => press.acks.length > 0);
    expect(press.acks).toEqual([undefined]);
  });

  it('leaves aside what is for another workspace, but not people from there', async () => {
    const store = await fresh.store();
    const inbox = anInbox(store);
    const event = arrive({ ...anEvent('Ev1'), team_id: 'T2' });
    expect(await inbox.receive(event)).toBe('foreign');
    expect(event.acks).toHaveLength(1);
    const shared = { ...anEvent('Ev2'), team_id: 'T2', authorizations: [{ team_id: 'T1' }] };
    expect(await inbox.receive(arrive(shared))).toBe('stored');
    expect(await inbox.receive(arrive(aCommand('1', { team_id: 'T2' })))).toBe('stored');
    expect(await inbox.receive(arrive(aPress('1', { team: { id: 'T2' } })))).toBe('stored');
    await inbox.stop();
    expect(inbox.worked.map(({ key }) => key)).toEqual(['event:Ev2', 'command:1', 'press:1']);
  });
});

onSqlite('an inbox that cannot write', (fresh) => {
  it('leaves an event to Slack, which sends it again', async () => {
    const inbox = anInbox(broken(await fresh.store()));
    const event = arrive(anEvent('Ev1'));
    expect(await inbox.receive(event)).toBe('failed');
    expect([event.acks, inbox.worked]).toEqual([[], []]);
  });

  it('takes the repeat of what it could not store for new', async () => {
    const store = await fresh.store();
    let full = true;
    const inbox = anInbox({
      ...store,
      transact: (fn) => (full ? Promise.reject(new Error('disk full')) : store.transact(fn)),
    });
    expect(await inbox.receive(arrive(aPress('1')))).toBe('failed');
    full = false;
    expect(await inbox.receive(arrive(aPress('1')))).toBe('stored');
  });

  it('says so to whoever typed a command or sent a form', async () => {
    const inbox = anInbox(broken(await fresh.store()));
    const command = arrive(aCommand('1'));
    const form = arrive(aSubmission('1'));
    await Promise.all([inbox.receive(command), inbox.receive(form)]);
    expect(command.acks).toEqual([{ response_type: 'ephemeral', text: expect.stringMatching(/nothing was done/) }]);
    expect(form.acks).toEqual([
      { response_action: 'errors', errors: { title: expect.stringMatching(/nothing was done/) } },
    ]);
    expect(inbox.worked).toEqual([]);
  });

  it('says so by the response URL of a press, and lets Slack show an error where there is none', async () => {
    const said: string[] = [];
    const server = createServer((request, response) => {
      request.on('data', (chunk) => said.push(String(chunk)));
      request.on('end', () => response.end('ok'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/actions`;
    const inbox = anInbox(broken(await fresh.store()));

    const inMessage = arrive(aPress('1', { response_url: url }));
    const inForm = arrive(aPress('2'));
    await inbox.receive(inMessage);
    await inbox.receive(inForm);
    server.close();
    expect([inMessage.acks.length, inForm.acks.length]).toEqual([1, 0]);
    expect(JSON.parse(said.join(''))).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: expect.stringMatching(/nothing was done/),
    });
  });

  it('marks as finished later what it could not mark at once', async () => {
    const store = await fresh.store();
    let full = false;
    const inbox = anInbox(
      { ...store, transact: (fn) => (full ? Promise.reject(new Error('disk full')) : store.transact(fn)) },
      {
        process: async () => {
          full = true;
        },
      },
    );
    await inbox.receive(arrive(aPress('1')));
    await until('the work', () => inbox.busy() === 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    full = false;
    await inbox.receive(arrive(anEvent('Ev1', { type: 'emoji_changed' })));
    expect(await unfinished(store)).toEqual([]);
  });
});
