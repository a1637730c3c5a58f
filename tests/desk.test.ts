import { describe, expect, it } from '@jest/globals';
import { createDesk, type DeskParts, type Outcome, onceMore } from '../src/desk.ts';
import { Declare } from '../src/incident/commands.ts';
import type { IncidentEvent } from '../src/incident/events.ts';
import type { Incident } from '../src/incident/incident.ts';
import type { Effect } from '../src/outbox/effect.ts';
import { Conflict } from '../src/store/conflict.ts';
import type { Store } from '../src/store/store.ts';
import { onBothEngines } from './support/databases.ts';
import { at, thePolicy } from './support/given.ts';

const ana = { person: 'U0ANA' };

const declaration = (fields: Partial<Declare> = {}) =>
  Declare.parse({
    type: 'declare',
    title: 'Checkout is failing',
    severity: 'sev2',
    impact: { felt: 'unknown' },
    ...fields,
  });
const future = declaration({ impact: { felt: 'yes', started: at('23:00') } });
const update = (text: string) => ({ type: 'postUpdate' as const, text });

const effectOf = (event: IncidentEvent, incident: Incident): Effect => ({
  kind: 'test',
  key: `${event.type}:${incident.version}`,
  payload: {},
  lane: 'channel',
  gate: 'test',
});

const aDesk = (store: Store, parts: Partial<DeskParts> = {}) =>
  createDesk({
    store,
    now: () => at('10:00'),
    policy: thePolicy(),
    policyOf: async () => thePolicy(),
    react: (event, incident) => [effectOf(event, incident)],
    wake: () => undefined,
    ...parts,
  });

function accepted(outcome: Outcome): Incident {
  if ('refused' in outcome) throw new Error(`refused: ${outcome.refused}`);
  return outcome.incident;
}

/** A delivery that came in and is being worked on, as the inbox has it by then. */
const delivered = (store: Store, key: string) =>
  store.transact((tx) =>
    tx.inbox.store([{ key, kind: 'command', body: {}, receivedAt: at('10:00') }], 'bot-1', at('10:01')),
  );

const kept = (store: Store) =>
  store.read(async (tx) => {
    const incidents = await tx.incidents.list();
    const [first] = incidents;
    return {
      numbers: incidents.map((incident) => incident.number).toSorted((one, other) => one - other),
      record: first ? await tx.record.of(first.id) : [],
      effects: (await tx.outbox.counts()).reduce((sum, row) => sum + row.count, 0),
    };
  });

onBothEngines('the desk', (fresh) => {
  it('keeps incident, record and effects in one transaction', async () => {
    const store = await fresh.store();
    const desk = aDesk(store);
    const { id } = accepted(await desk.declare(declaration(), ana));
    const after = accepted(await desk.handle(id, update('Better'), { person: 'U0BEN' }));

    expect(await store.read((tx) => tx.incidents.load(id))).toEqual(after);
    expect(await kept(store)).toMatchObject({
      numbers: [1],
      record: [
        { seq: 1, by: 'U0ANA', at: at('10:00'), event: { type: 'declared', policyVersion: thePolicy().version } },
        { seq: 2, by: 'U0BEN', at: at('10:00'), event: { type: 'updatePosted', number: 1, text: 'Better' } },
      ],
      effects: 2,
    });
  });

  it('leaves nothing half done when something breaks on the way', async () => {
    const store = await fresh.store();
    const { id } = accepted(await aDesk(store).declare(declaration(), ana));
    const before = await kept(store);
    const broken = aDesk(store, {
      react: () => {
        throw new Error('a reaction broke');
      },
    });
    await delivered(store, 'command:1');
    const by = { ...ana, delivery: 'command:1', form: 'V1' };

    await expect(broken.handle(id, update('Better'), by)).rejects.toThrow('a reaction broke');
    await expect(broken.declare(declaration(), by)).rejects.toThrow('a reaction broke');
    expect(await kept(store)).toEqual(before);
    expect(await store.read((tx) => tx.inbox.outcome('command:1'))).toBeUndefined();
    expect(await store.read((tx) => tx.forms.outcome('V1'))).toBeUndefined();
  });

  it('says which incident it does not know', async () => {
    const desk = aDesk(await fresh.store());
    await expect(desk.handle('inc_none', update('Better'), ana)).rejects.toThrow('no incident inc_none');
  });

  it('wakes the worker after the commit, not before', async () => {
    const store = await fresh.store();
    const seen: Promise<number>[] = [];
    const desk = aDesk(store, { wake: () => void seen.push(kept(store).then(({ effects }) => effects)) });
    await desk.declare(declaration(), ana);
    expect(await Promise.all(seen)).toEqual([1]);
  });

  it('decides by the policy that the incident began under', async () => {
    const store = await fresh.store();
    const versions: string[] = [];
    const policyOf: DeskParts['policyOf'] = async (_, version) => {
      versions.push(version);
      return thePolicy();
    };
    const desk = aDesk(store, { policy: thePolicy({ version: 'v1' }), policyOf });
    const { id } = accepted(await desk.declare(declaration(), ana));
    await aDesk(store, { policy: thePolicy({ version: 'v2' }), policyOf }).handle(id, update('Better'), ana);
    expect(versions).toEqual(['v1']);
  });
});

onBothEngines('a delivery that comes again', (fresh) => {
  it('gets the first outcome', async () => {
    const store = await fresh.store();
    const desk = aDesk(store);
    await delivered(store, 'command:1');
    await delivered(store, 'command:2');
    const by = (delivery: string) => ({ ...ana, delivery });

    const { id } = accepted(await desk.declare(declaration(), by('command:1')));
    expect(await desk.declare(declaration(), by('command:1'))).toMatchObject({ incident: { id }, repeated: true });
    await desk.handle(id, update('Better'), by('command:2'));
    expect(await desk.handle(id, update('Better'), by('command:2'))).toMatchObject({
      incident: { version: 2, updateCount: 1 },
      events: [],
      repeated: true,
    });
    expect((await kept(store)).effects).toBe(2);
  });

  it('gets the first refusal, whatever happened since', async () => {
    const store = await fresh.store();
    const desk = aDesk(store);
    const { id } = accepted(await desk.declare(declaration({ severity: 'sev2' }), ana));
    await delivered(store, 'command:1');
    const by = { ...ana, delivery: 'command:1' };
    const toSev2 = { type: 'changeSeverity' as const, to: 'sev2' as const, reason: '' };

    expect(await desk.handle(id, toSev2, by)).toMatchObject({ refused: 'nothing-to-change' });
    await desk.handle(id, { ...toSev2, to: 'sev1' }, ana);
    expect(await desk.handle(id, toSev2, by)).toMatchObject({ refused: 'nothing-to-change' });
  });

  it('makes one incident, also when two replicas work on it at once', async () => {
    const store = await fresh.store();
    await delivered(store, 'command:1');
    const by = { ...ana, delivery: 'command:1' };
    const outcomes = await Promise.all([1, 2, 3].map(() => aDesk(store).declare(declaration(), by)));
    expect(new Set(outcomes.map((outcome) => outcome.incident.id)).size).toBe(1);
    expect((await kept(store)).numbers).toEqual([1]);
  });
});

onBothEngines('a form', (fresh) => {
  const form = { ...ana, form: 'V1' };

  it('that succeeded gives its first result again', async () => {
    const store = await fresh.store();
    const desk = aDesk(store);
    const { id } = accepted(await desk.declare(declaration(), form));
    const again = await desk.declare(declaration({ title: 'Changed my mind' }), form);
    expect(again).toMatchObject({ incident: { id, title: 'Checkout is failing' }, events: [], repeated: true });
    expect((await kept(store)).numbers).toEqual([1]);
  });

  it('that was refused is new', async () => {
    const store = await fresh.store();
    const desk = aDesk(store);
    expect(await desk.declare(future, form)).toMatchObject({ refused: 'impact-starts-in-the-future' });
    expect(accepted(await desk.declare(declaration(), form)).number).toBe(1);
  });

  it('about an incident that was refused is new as well', async () => {
    const store = await fresh.store();
    const desk = aDesk(store);
    const { id } = accepted(await desk.declare(declaration({ severity: 'sev2' }), ana));
    const change = (to: 'sev1' | 'sev2') => ({ type: 'changeSeverity' as const, to, reason: '' });
    expect(await desk.handle(id, change('sev2'), form)).toMatchObject({ refused: 'nothing-to-change' });
    expect(accepted(await desk.handle(id, change('sev1'), form)).severity).toBe('sev1');
  });

  it('submitted five times at once makes one incident', async () => {
    const store = await fresh.store();
    const desk = aDesk(store);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => desk.declare(declaration(), form)));
    expect(new Set(outcomes.map((outcome) => outcome.incident.id)).size).toBe(1);
    expect((await kept(store)).numbers).toEqual([1]);
  });
});

onBothEngines('many at once', (fresh) => {
  it('all land on one incident, one version each', async () => {
    const store = await fresh.store();
    const desk = aDesk(store);
    const { id } = accepted(await desk.declare(declaration(), ana));
    const texts = Array.from({ length: 20 }, (_, index) => `Update ${index}`);
    const outcomes = await Promise.all(texts.map((text) => desk.handle(id, update(text), ana)));

    const versions = outcomes.map((outcome) => accepted(outcome).version).toSorted((one, other) => one - other);
    expect(versions).toEqual(texts.map((_, index) => index + 2));
    const { record } = await kept(store);
    expect(record.map(({ seq }) => seq)).toEqual([1, ...versions]);
    expect(record.flatMap(({ event }) => (event.type === 'updatePosted' ? [event.text] : [])).toSorted()).toEqual(
      texts.toSorted(),
    );
  });

  it('take numbers without a gap, with refused declarations in between', async () => {
    const store = await fresh.store();
    const desk = aDesk(store);
    const declares = Array.from({ length: 24 }, (_, index) =>
      desk.declare(index % 3 === 1 ? future : declaration(), ana),
    );
    const outcomes = await Promise.all(declares);
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toHaveLength(8);
    expect((await kept(store)).numbers).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });
});

describe('a lost race', () => {
  it('is run again, but not for ever', async () => {
    let tries = 0;
    const losing = async () => {
      tries += 1;
      throw new Conflict('somebody was first');
    };
    await expect(onceMore(losing, 3)).rejects.toThrow('somebody was first');
    expect(tries).toBe(3);
  });

  it('is the only failure that is', async () => {
    let tries = 0;
    const failing = async () => {
      tries += 1;
      throw new Error('the disk is full');
    };
    await expect(onceMore(failing)).rejects.toThrow('the disk is full');
    expect(tries).toBe(1);
  });
});
