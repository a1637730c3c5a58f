import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { migrate } from '../../db/migrate.ts';
import { exportCommand } from '../../src/cli/export.ts';
import { importCommand } from '../../src/cli/import.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import { type Incident, undeclared } from '../../src/incident/incident.ts';
import { createPinnedPolicies } from '../../src/pinned-policies.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { aPicture } from '../support/a-picture.ts';
import { type Fresh, onBothEngines } from '../support/databases.ts';
import { at, thePolicy } from '../support/given.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
const aFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-export-'));
  folders.push(folder);
  return folder;
};

const settings = { policyFile: 'config/tocsin.yml', folder: undefined, chromium: 'none', apiUrl: undefined };

async function ran(command: typeof exportCommand | typeof importCommand, args: string[], url: string) {
  const said: string[] = [];
  const say = (sentence: string) => said.push(sentence);
  const code =
    command === exportCommand ? await exportCommand(args, url, say, settings) : await importCommand(args, url, say);
  return { code, said: said.join('\n') };
}

/** An incident with something in every table. */
async function write(
  store: Store,
  { number = 12, isPrivate = false, title = '../../Checkout <b>is</b> failing' } = {},
) {
  const id = `inc_${number}`;
  const policy = thePolicy();
  const declared: IncidentEvent = {
    type: 'declared',
    title,
    summary: '',
    severity: 'sev2',
    status: 'investigating',
    services: ['checkout'],
    impact: { felt: 'yes', started: at('08:52') },
    isPrivate,
    isPractice: false,
    channelName: 'inc-12',
    policyVersion: policy.version,
  };
  const events: IncidentEvent[] = [
    declared,
    { type: 'channelOpened', channel: { id: `C${number}`, name: 'inc-12' } },
    { type: 'updatePosted', number: 1, text: 'We know why', nextDue: at('10:00') },
  ];
  const happened = { by: 'U0ANA', at: at('09:00') };
  const incident: Incident = events.reduce((one, event) => evolve(one, event, happened), undeclared(id, number));
  const place = { channel: `C${number}`, ts: '1772442000.000100' };
  await store.transact(async (tx) => {
    for (let taken = 0; taken < number; ) taken = await tx.incidents.takeNumber();
    await createPinnedPolicies(policy).keep(tx, at('08:00'));
    await tx.incidents.save(incident, undefined, events, happened);
    await tx.messages.keep([
      {
        ...place,
        incident: id,
        author: 'U0BEN',
        kind: 'said',
        text: '<script>alert(1)</script> שלום \u200b ```',
        files: [{ id: 'F1', name: '../../graph.png', type: 'image/png', link: 'https://x.example/F1' }],
        earlier: [{ text: 'before', until: at('09:01') }],
        editedAt: at('09:01'),
      },
      {
        ...place,
        ts: '1772442000.000200',
        thread: place.ts,
        incident: id,
        author: 'U0EVA',
        kind: 'said',
        text: '',
        files: [],
        earlier: [],
        erasedAt: at('09:05'),
        erasedBy: 'slack',
      },
    ]);
    await tx.postmortemTexts.write({
      incident: id,
      section: 'summary',
      text: 'It **failed**.\n\n![graph](image:F1)',
      base: 0,
      by: 'U0ANA',
      at: at('11:00'),
    });
    await tx.postmortemTexts.write({
      incident: id,
      section: 'summary',
      text: 'Aside',
      base: 0,
      by: 'U0BEN',
      at: at('11:01'),
    });
  });
  return incident;
}

const exported = (folder: string, file = readdirSync(folder).find((name) => name.endsWith('.json')) ?? '') => {
  const { exportedAt, ...rest } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  expect(exportedAt).toEqual({ $date: expect.any(String) });
  return rest;
};

async function anIncidentIn(fresh: Fresh, given?: Parameters<typeof write>[1]) {
  const url = await fresh.url();
  const database = await fresh.database(url);
  await migrate(database);
  const store = openStore(database);
  const incident = await write(store, given);
  await database.transact(async ({ db, t }) => {
    const place = { incident: incident.id, channel: `C${incident.number}`, ts: '1772442000.000100' };
    await db
      .insert(t.images)
      .values({ ...place, id: 'F1', name: '../../graph.png', type: 'image/png', bytes: aPicture() });
    await db.insert(t.marks).values({ ...place, name: 'pushpin', person: 'U0ANA', at: at('09:02'), removedAt: null });
    await db
      .insert(t.marks)
      .values({ ...place, name: '*pin', person: 'U0BEN', at: at('09:02'), removedAt: at('09:03') });
  });
  return { url, database, store, incident };
}

onBothEngines('an export', (fresh) => {
  it('goes into another database and comes out of it the same', async () => {
    const { url } = await anIncidentIn(fresh);
    const [first, second] = [aFolder(), aFolder()];
    expect(await ran(exportCommand, ['12', '--format', 'json', '--to', first], url)).toMatchObject({ code: 0 });
    const file = join(first, readdirSync(first)[0] ?? '');

    const other = await fresh.url();
    expect(await ran(importCommand, [file], other)).toEqual({
      code: 0,
      said: '#12 ../../Checkout <b>is</b> failing is here now, with 2 messages.',
    });
    await ran(exportCommand, ['#12', '--format', 'json', '--to', second], other);
    expect(exported(second)).toEqual(exported(first));
    expect(exported(first)).toMatchObject({
      record: [{ seq: 1 }, { seq: 2 }, { seq: 3 }],
      messages: [{ text: expect.stringContaining('<script>') }, { erasedBy: 'slack' }],
      marks: [{ name: '*pin' }, { name: 'pushpin' }],
      images: [{ id: 'F1', bytes: aPicture().toString('base64') }],
      postmortemTexts: [{ revision: 1 }, { revision: 2, aside: true }],
    });

    const store = openStore(await fresh.database(other));
    const found = await store.read((tx) => tx.incidents.search({ words: ['checkout'], limit: 5, sight: 'all' }));
    expect(found).toMatchObject([{ number: 12, status: 'investigating' }]);
    expect(await store.transact((tx) => tx.incidents.takeNumber())).toBe(13);
    expect(await store.read((tx) => tx.outbox.dead('inc_12'))).toEqual([]);
  });

  it('is refused where it would go over something, or comes from elsewhere, unless told', async () => {
    const { url, store, database } = await anIncidentIn(fresh);
    const folder = aFolder();
    await ran(exportCommand, ['12', '--format', 'json', '--to', folder], url);
    const file = join(folder, readdirSync(folder)[0] ?? '');
    const json = JSON.parse(readFileSync(file, 'utf8'));
    const changed = (change: object) => {
      const path = join(folder, 'changed.json');
      writeFileSync(path, JSON.stringify({ ...json, ...change }));
      return path;
    };
    await store.transact((tx) =>
      tx.meta.set('slack', JSON.stringify({ team: 'T1', url: 'https://x.slack.com/', botUser: 'U1', bot: 'B1' })),
    );
    const another = { ...json.incident, id: 'inc_99', channel: { id: 'C99', name: 'x' } };
    await database.close();

    const moved = { team: 'T1', incident: another, messages: [], marks: [], images: [], postmortemTexts: [] };
    expect((await ran(importCommand, [file], url)).said).toMatch(/from the workspace .* belongs to T1/);
    expect((await ran(importCommand, [file, '--any-workspace'], url)).said).toMatch(/#12 is here already/);
    expect((await ran(importCommand, [changed(moved)], url)).said).toMatch(/has the number 12 here/);
    expect((await ran(importCommand, [changed(moved), '--renumber'], url)).said).toMatch(/^#13 /);
  });

  it('that is damaged changes nothing and says what is wrong', async () => {
    const { url, database } = await anIncidentIn(fresh);
    const folder = aFolder();
    await ran(exportCommand, ['12', '--format', 'json', '--to', folder], url);
    await database.close();
    const json = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8'));
    const empty = await fresh.url();
    const refusedAs = async (content: string) => {
      const path = join(folder, 'damaged.json');
      writeFileSync(path, content);
      return ran(importCommand, [path], empty).then(
        ({ said }) => said,
        (error: Error) => error.message,
      );
    };
    expect(await refusedAs('{"format"')).toMatch(/no JSON/);
    expect(await refusedAs('{}')).toMatch(/no incident that Tocsin exported/);
    expect(await refusedAs(JSON.stringify({ ...json, version: 2 }))).toMatch(/version 2/);
    expect(await refusedAs(JSON.stringify({ ...json, record: json.record.slice(1) }))).toMatch(/events 1 to 3/);
    expect(await refusedAs(JSON.stringify({ ...json, incident: { ...json.incident, number: 'x' } }))).toMatch(/number/);
    const foreign = json.messages.map((message: object) => ({ ...message, incident: 'inc_1' }));
    expect(await refusedAs(JSON.stringify({ ...json, messages: foreign }))).toMatch(/another incident/);
    expect(await refusedAs(JSON.stringify({ ...json, images: [...json.images, ...json.images] }))).not.toMatch(
      /is here now/,
    );
    const store = openStore(await fresh.database(empty));
    expect(await store.read((tx) => tx.incidents.list())).toEqual([]);
  });

  it('writes every format while the bot runs, under names that lead nowhere', async () => {
    const { url } = await anIncidentIn(fresh);
    const folder = aFolder();
    const { code, said } = await ran(exportCommand, ['12', '--format', 'all', '--to', folder], url);
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('1 images beside it') });
    expect(readdirSync(folder, { recursive: true }).toSorted()).toEqual([
      'incident-12-checkout-b-is-b-failing-images',
      'incident-12-checkout-b-is-b-failing-images/F1.png',
      'incident-12-checkout-b-is-b-failing.html',
      'incident-12-checkout-b-is-b-failing.json',
      'incident-12-checkout-b-is-b-failing.md',
      'incident-12-checkout-b-is-b-failing.pdf',
    ]);
    const read = (ending: string) => readFileSync(join(folder, `incident-12-checkout-b-is-b-failing.${ending}`));
    expect(statSync(join(folder, 'incident-12-checkout-b-is-b-failing.md')).mode & 0o777).toBe(0o600);
    expect(read('md').toString()).toContain('![graph](incident-12-checkout-b-is-b-failing-images/F1.png)');
    expect(read('html').toString()).toContain('<img src="data:image/png;base64,');
    expect(read('html').toString()).not.toMatch(/<script|<b>/);
    expect(read('pdf').subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('of a private incident says so, and its files are not named after it', async () => {
    const { url } = await anIncidentIn(fresh, { isPrivate: true, title: 'Layoffs' });
    const folder = aFolder();
    expect((await ran(exportCommand, ['12', '--to', folder], url)).said).toMatch(/^#12 is private/);
    expect(readdirSync(folder).join()).not.toMatch(/layoffs/i);
  });

  it('says what it does not understand', async () => {
    const { url } = await anIncidentIn(fresh);
    expect(await ran(exportCommand, ['13'], url)).toEqual({
      code: 1,
      said: 'There is no incident #13 in this database.',
    });
    expect((await ran(exportCommand, ['12', '--format', 'docx'], url)).said).toMatch(/^npm run export/);
    expect((await ran(exportCommand, ['twelve'], url)).code).toBe(1);
    await expect(ran(importCommand, ['nowhere.json'], url)).rejects.toThrow('There is no file nowhere.json.');
  });
});
