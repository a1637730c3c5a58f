import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Incident, Link } from '../../incident/incident.ts';
import { defineEffect, type Effect } from '../../outbox/effect.ts';
import { incidentOf, type Outside } from '../../slack/outside.ts';
import { bridgeOf } from './bridge.ts';

/** None of these has a purpose to be told of: a link that Slack takes no bookmark for (a scope left out, 100 bookmarks) is still listed. */
const Payload = z.object({ incident: z.string(), url: z.string(), title: z.string() });

const Bookmarks = z.object({
  bookmarks: z.array(z.object({ id: z.string(), link: z.string().nullish(), title: z.string().nullish() })),
});

async function bookmarksOf(channel: string, { slack }: Outside) {
  return (await slack.call('bookmarks.list', { channel_id: channel }, Bookmarks)).bookmarks;
}

const same = (one: string | null | undefined, other: string) => one === other;

async function isBookmarked(channel: string, link: string, outside: Outside): Promise<boolean> {
  return (await bookmarksOf(channel, outside)).some((bookmark) => same(bookmark.link, link));
}

async function bookmark(channel: string, { title, url }: Link, { slack }: Outside): Promise<void> {
  // Slack shows no more of a title, and takes 150 characters.
  await slack.call('bookmarks.add', { channel_id: channel, title: title.slice(0, 100), type: 'link', link: url });
}

export const addBookmark = defineEffect('links.bookmark', Payload, {
  async run({ incident: id, ...link }, outside: Outside) {
    const { channel, links } = await incidentOf(outside, id);
    if (channel && links.some(({ url }) => url === link.url)) await bookmark(channel.id, link, outside);
    return {};
  },
  async find({ incident: id, url }, outside) {
    const { channel } = await incidentOf(outside, id);
    return !channel || (await isBookmarked(channel.id, url, outside)) ? {} : undefined;
  },
});

export const removeBookmark = defineEffect('links.unbookmark', Payload, {
  async run({ incident: id, url }, outside: Outside) {
    const { channel, links } = await incidentOf(outside, id);
    if (!channel || links.some((link) => link.url === url)) return {};
    const found = (await bookmarksOf(channel.id, outside)).filter((one) => same(one.link, url));
    // Gone already is as good as removed.
    for (const { id: bookmark } of found)
      await outside.slack.call('bookmarks.remove', { channel_id: channel.id, bookmark_id: bookmark });
    return {};
  },
});

const bridgeTitle = 'Call';

export const bookmarkBridge = defineEffect('links.bridge', z.object({ incident: z.string() }), {
  async run({ incident: id }, outside: Outside) {
    const incident = await incidentOf(outside, id);
    const url = bridgeOf(incident, outside.policy);
    // A headline that is posted anew finds it there.
    if (url && incident.channel && !(await isBookmarked(incident.channel.id, url, outside)))
      await bookmark(incident.channel.id, { title: bridgeTitle, url }, outside);
    return {};
  },
  async find({ incident: id }, outside) {
    const incident = await incidentOf(outside, id);
    const url = bridgeOf(incident, outside.policy);
    if (!url || !incident.channel) return {};
    return (await isBookmarked(incident.channel.id, url, outside)) ? {} : undefined;
  },
});

const about = (kind: string, key: string, gate: string, incident: Incident, payload: object): Effect => ({
  kind,
  key: `${key}:${incident.id}`,
  incident: incident.id,
  lane: 'cosmetic',
  gate,
  orderKey: `links:${incident.id}`,
  payload: { incident: incident.id, ...payload },
});

/** A key is logged when its work fails, and an address may say what nobody outside is to read. */
const digest = (url: string): string => createHash('sha256').update(url).digest('hex').slice(0, 16);

/** Added and removed under one key: what waits is what was wanted last. */
export const bookmarkOf = (incident: Incident, { url, title }: Link): Effect =>
  about(addBookmark.kind, `link:${digest(url)}`, 'bookmarks.add', incident, { url, title });
export const noBookmarkOf = (incident: Incident, url: string): Effect =>
  about(removeBookmark.kind, `link:${digest(url)}`, 'bookmarks.remove', incident, { url, title: '' });
export const bridgeBookmark = (incident: Incident): Effect =>
  about(bookmarkBridge.kind, 'bridge', 'bookmarks.add', incident, {});
