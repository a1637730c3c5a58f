import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { botToken } from '../../sandbox/wire.ts';
import { type Opened, open } from './open.ts';

const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { data?: { error?: string } }) => error.data?.error ?? String(error),
  );

describe('the Web API', () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open({ limits: 'off' });
  });
  afterAll(async () => {
    await opened[Symbol.asyncDispose]();
  });

  it('knows the bot and the scopes it was granted', async () => {
    const { slack } = opened;
    const who = await slack.auth.test();
    expect(who).toMatchObject({ ok: true, user: 'tocsin' });
    expect(who.response_metadata?.scopes).toContain('chat:write');
  });

  it('refuses strange tokens, unknown methods and missing scopes by their documented names', async () => {
    const { slack, client } = opened;
    expect(await errorOf(slack.auth.test({ token: 'xoxb-other' }))).toBe('invalid_auth');
    expect(await errorOf(slack.apps.connections.open({}))).toBe('not_allowed_token_type');
    expect(await errorOf(slack.apiCall('no.such'))).toBe('unknown_method');
    await client.app({ scopes: ['chat:write'] });
    expect(await errorOf(slack.pins.list({ channel: 'C1' }))).toBe('missing_scope');
    expect(await errorOf(slack.conversations.create({ name: 'no' }))).toBe('missing_scope');
    await client.app({
      scopes: ['chat:write', 'channels:manage', 'channels:read', 'channels:history', 'pins:read', 'pins:write'],
    });
    expect(await errorOf(slack.conversations.create({ name: 'secret', is_private: true }))).toBe('missing_scope');
    expect(await errorOf(slack.conversations.create({ name: 'open-one' }))).toBe('ok');
    const { everyScope } = await import('../../sandbox/manifest.ts');
    await client.app({ scopes: everyScope });
  });

  it('holds to the rules for names', async () => {
    const { slack } = opened;
    const create = (name: string) => errorOf(slack.conversations.create({ name }));
    expect(await create('inc-rules')).toBe('ok');
    expect(await create('inc-rules')).toBe('name_taken');
    expect(await create('Inc')).toBe('invalid_name_specials');
    expect(await create('---')).toBe('invalid_name_punctuation');
    expect(await create('x'.repeat(81))).toBe('invalid_name_maxlength');
    expect(await create('')).toBe('invalid_name_required');
  });

  it('keeps posts with their metadata and shows it only when asked', async () => {
    const { slack, id } = opened;
    const channel = await id('incidents');
    const metadata = { event_type: 'post', event_payload: { key: 'k1' } };
    const { ts } = await slack.chat.postMessage({ channel, text: 'with metadata', metadata });
    const plain = await slack.conversations.history({ channel, limit: 1 });
    const full = await slack.conversations.history({ channel, limit: 1, include_all_metadata: true });
    expect(plain.messages?.[0]).toMatchObject({ ts, text: 'with metadata' });
    expect(plain.messages?.[0]?.metadata).toBeUndefined();
    expect(full.messages?.[0]?.metadata).toEqual(metadata);
  });

  it('gives every message of a channel its own ts, even at one instant', async () => {
    const { slack, id, client } = opened;
    const channel = await id('incidents');
    await client.clock.freeze();
    const posts = await Promise.all(Array.from({ length: 50 }, () => slack.chat.postMessage({ channel, text: 'x' })));
    await client.clock.run();
    expect(new Set(posts.map(({ ts }) => ts)).size).toBe(50);
    expect(posts[0]?.ts).toMatch(/^\d{10}\.\d{6}$/);
  });

  it('pages history newest first, without loss or repetition', async () => {
    const { slack, client } = opened;
    const { channel } = await slack.conversations.create({ name: 'inc-pages' });
    const id = channel?.id ?? '';
    for (let number = 0; number < 25; number += 1) await slack.chat.postMessage({ channel: id, text: `m${number}` });
    const texts: string[] = [];
    let cursor = '';
    do {
      const page = await slack.conversations.history({ channel: id, limit: 10, ...(cursor && { cursor }) });
      texts.push(...(page.messages ?? []).map(({ text }) => text ?? ''));
      cursor = page.response_metadata?.next_cursor ?? '';
      expect(page.has_more).toBe(cursor !== '');
      // What is posted between two pages shifts nothing.
      if (cursor) await client.as('ana').join('inc-pages');
    } while (cursor);
    expect(texts.filter((text) => /^m\d/.test(text))).toEqual(Array.from({ length: 25 }, (_, n) => `m${24 - n}`));
    expect(await errorOf(slack.conversations.history({ channel: id, cursor: 'nonsense' }))).toBe('invalid_cursor');
    expect(await errorOf(slack.conversations.history({ channel: id, limit: 5000 }))).toBe('invalid_limit');
  });

  it('reads a range, with or without its ends', async () => {
    const { slack } = opened;
    const { channel } = await slack.conversations.create({ name: 'inc-range' });
    const id = channel?.id ?? '';
    const [a = '', b = ''] = await Promise.all(
      ['a', 'b'].map(async (text) => (await slack.chat.postMessage({ channel: id, text })).ts ?? ''),
    );
    const [first = '', last = ''] = [a, b].toSorted();
    const within = async (inclusive: boolean) =>
      (await slack.conversations.history({ channel: id, oldest: first, latest: last, inclusive })).messages?.length;
    expect(await within(true)).toBe(2);
    expect(await within(false)).toBe(0);
  });

  it('keeps threads out of history and lists them oldest first', async () => {
    const { slack, id } = opened;
    const channel = await id('incidents');
    const parent = await slack.chat.postMessage({ channel, text: 'parent' });
    const thread_ts = parent.ts ?? '';
    for (const text of ['one', 'two']) await slack.chat.postMessage({ channel, text, thread_ts });
    const history = await slack.conversations.history({ channel, limit: 1 });
    expect(history.messages?.[0]).toMatchObject({ text: 'parent', reply_count: 2 });
    const replies = await slack.conversations.replies({ channel, ts: thread_ts });
    expect(replies.messages?.map(({ text }) => text)).toEqual(['parent', 'one', 'two']);
  });

  it('lets the bot write where it is a member and nowhere else', async () => {
    const { slack, client, id } = opened;
    const ana = client.as('ana');
    const secret = await ana.createChannel('inc-secret', { private: true });
    expect(await errorOf(slack.chat.postMessage({ channel: secret.id, text: 'x' }))).toBe('channel_not_found');
    expect(await errorOf(slack.conversations.history({ channel: secret.id }))).toBe('channel_not_found');
    expect(await errorOf(slack.conversations.history({ channel: await id('general') }))).toBe('not_in_channel');
    await ana.invite('tocsin', 'inc-secret');
    expect(await errorOf(slack.chat.postMessage({ channel: secret.id, text: 'x' }))).toBe('ok');
    await slack.conversations.archive({ channel: secret.id });
    expect(await errorOf(slack.chat.postMessage({ channel: secret.id, text: 'x' }))).toBe('is_archived');
    expect(await errorOf(slack.conversations.setTopic({ channel: secret.id, topic: 'x' }))).toBe('is_archived');
  });

  it('opens the direct conversation when posting to a person', async () => {
    const { slack, client } = opened;
    const ben = client.as('ben');
    const { channel } = await slack.chat.postMessage({ channel: ben.id, text: 'a word' });
    expect(channel).toMatch(/^D/);
    expect((await ben.directMessages()).map(({ text }) => text)).toEqual(['a word']);
  });

  it('invites some of many and says who could not come', async () => {
    const { slack, client } = opened;
    const { channel } = await slack.conversations.create({ name: 'inc-invites' });
    const id = channel?.id ?? '';
    const users = ['ana', 'kai'].map((name) => client.as(name).id).join(',');
    expect(await errorOf(slack.conversations.invite({ channel: id, users }))).toBe('cant_invite');
    expect(await errorOf(slack.conversations.invite({ channel: id, users, force: true }))).toBe('ok');
    expect((await client.channel('inc-invites'))?.memberNames).toEqual(['tocsin', 'ana']);
    expect(await errorOf(slack.conversations.invite({ channel: id, users: client.as('ana').id }))).toBe(
      'already_in_channel',
    );
    expect(await errorOf(slack.conversations.invite({ channel: id, users: client.as('gus').id }))).toBe(
      'ura_max_channels',
    );
  });

  it('escapes what is not a token, and tells whom a message rings', async () => {
    const { slack, id, client } = opened;
    const channel = await id('incidents');
    const ana = client.as('ana').id;
    await slack.chat.postMessage({ channel, text: `a & b <script> @here <@${ana}> &lt;!channel&gt;` });
    const message = (await client.messages('incidents')).at(-1);
    expect(message?.text).toBe(`a &amp; b &lt;script&gt; @here <@${ana}> &lt;!channel&gt;`);
    expect(message?.notifies).toEqual({ users: [ana], usergroups: [], broadcast: [] });
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'wake <!channel> <!subteam^S1>' } }];
    await slack.chat.postMessage({ channel, text: 'x', blocks });
    const posted = (await client.ledger()).findLast((entry) => entry.kind === 'call');
    expect(posted).toMatchObject({ notifies: { users: [], usergroups: ['S1'], broadcast: ['channel'] } });
  });

  it('updates, deletes, pins and reacts, and refuses to do it twice', async () => {
    const { slack, id, client } = opened;
    const channel = await id('incidents');
    const { ts = '' } = await slack.chat.postMessage({ channel, text: 'before' });
    await slack.chat.update({ channel, ts, text: 'after' });
    await slack.pins.add({ channel, timestamp: ts });
    expect(await errorOf(slack.pins.add({ channel, timestamp: ts }))).toBe('already_pinned');
    await slack.reactions.add({ channel, timestamp: ts, name: 'eyes' });
    expect(await errorOf(slack.reactions.add({ channel, timestamp: ts, name: 'eyes' }))).toBe('already_reacted');
    expect((await client.messages('incidents')).at(-1)).toMatchObject({ text: 'after', pinned: true });
    await slack.chat.delete({ channel, ts });
    expect(await errorOf(slack.chat.update({ channel, ts, text: 'x' }))).toBe('message_not_found');
    const theirs = await client.as('ana').say('mine', { channel: 'incidents' });
    expect(await errorOf(slack.chat.update({ channel, ts: theirs.ts, text: 'x' }))).toBe('cant_update_message');
  });

  it('keeps bookmarks and topics within their limits', async () => {
    const { slack, client } = opened;
    const { channel } = await slack.conversations.create({ name: 'inc-links' });
    const id = channel?.id ?? '';
    const added = await slack.bookmarks.add({
      channel_id: id,
      title: 'Run',
      type: 'link',
      link: 'https://a.example/x',
    });
    expect(added.bookmark?.id).toMatch(/^Bk/);
    await slack.bookmarks.edit({ channel_id: id, bookmark_id: added.bookmark?.id ?? '', title: 'Runbook' });
    expect((await client.channel('inc-links'))?.bookmarks).toMatchObject([{ title: 'Runbook' }]);
    expect(await errorOf(slack.conversations.setTopic({ channel: id, topic: 'x'.repeat(251) }))).toBe('too_long');
    await slack.conversations.setTopic({ channel: id, topic: 'SEV1' });
    expect((await client.channel('inc-links'))?.topic).toBe('SEV1');
  });

  it('takes a real upload', async () => {
    const { slack, id, client } = opened;
    const channel_id = await id('incidents');
    await slack.filesUploadV2({ channel_id, filename: 'export.md', content: '# Postmortem' });
    const message = (await client.messages('incidents')).at(-1);
    expect(message).toMatchObject({ subtype: 'file_share', files: [{ name: 'export.md', size: 12 }] });
    const address = message?.files?.[0]?.url_private ?? '';
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(302);
    const got = await fetch(address, { headers: { authorization: `Bearer ${botToken}` } });
    expect(await got.text()).toBe('# Postmortem');
  });

  it('tells people as Slack tells them', async () => {
    const { slack, client } = opened;
    const kai = await slack.users.info({ user: client.as('kai').id });
    expect(kai.user).toMatchObject({ deleted: true });
    const gus = await slack.users.info({ user: client.as('gus').id });
    expect(gus.user).toMatchObject({ is_ultra_restricted: true, tz: 'Europe/Stockholm' });
    const sam = await slack.users.info({ user: client.as('sam').id });
    expect(sam.user).toMatchObject({ is_stranger: true, team_id: 'T0PARTNER1' });
    const found = await slack.users.lookupByEmail({ email: 'ana@sandbox.example' });
    expect(found.user?.id).toBe(client.as('ana').id);
  });

  it('is closed to pages of other origins and to other host names', async () => {
    const { sandbox } = opened;
    const foreign = await fetch(`${sandbox.url}/sandbox`, { headers: { origin: 'https://elsewhere.example' } });
    expect(foreign.status).toBe(403);
  });
});
