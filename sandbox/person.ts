/** One person, driven over the control API. */
import { type Ask, messageIs, viewIs, waitFor } from './ask.ts';
import type { Person } from './client.ts';
import { type Message, userIdOf, type View } from './wire.ts';

const nameOf = (person: string | { name: string }) => (typeof person === 'string' ? person : person.name);

/** Dates become ISO text on the way; the server knows what the field wants. */
export function person(ask: Ask, name: string): Person {
  const path = `/people/${encodeURIComponent(name)}`;
  const does = <T>(verb: string, body: unknown = {}) => ask<T>('POST', `${path}/${verb}`, body);
  const looks = <T>(what: string, query = '') => ask<T>('GET', `${path}/${what}${query}`);
  const sees = (channel: string) => looks<Message[]>('sees', `?channel=${encodeURIComponent(channel)}`);
  const directMessages = () => looks<Message[]>('direct-messages');
  const nothing = async (work: Promise<unknown>) => {
    await work;
  };

  return {
    id: userIdOf(name),
    name,
    command: (text, at) => does('command', { text, ...at }),
    say: (text, at) => does('say', { text, ...at }),
    edit: ({ channel, ts }, text) => does('edit', { channel, ts, text }),
    delete: ({ channel, ts }) => nothing(does('delete', { channel, ts })),
    react: (emoji, { channel, ts }) => nothing(does('react', { emoji, channel, ts })),
    unreact: (emoji, { channel, ts }) => nothing(does('unreact', { emoji, channel, ts })),
    pin: ({ channel, ts }) => nothing(does('pin', { channel, ts })),
    unpin: ({ channel, ts }) => nothing(does('unpin', { channel, ts })),
    upload: (file, at) => does('upload', { ...file, ...at }),
    press: (what, on) => does('press', { what, on }),
    choose: (actionId, value, on) => does('choose', { actionId, value, on }),
    options: (actionId, typed, on) => does('options', { actionId, typed, on }),
    type: (blockId, value, { view }) => does('type', { blockId, value, view }),
    submit: (values, opts) => does('submit', { values, ...opts }),
    close: (opts) => nothing(does('close', opts)),
    shortcut: (callbackId) => does('shortcut', { callbackId }),
    messageShortcut: (callbackId, { channel, ts }) => does('message-shortcut', { callbackId, channel, ts }),
    createChannel: (channel, opts) => does('create-channel', { name: channel, private: opts?.private ?? false }),
    join: (channel) => nothing(does('join', { channel })),
    leave: (channel) => nothing(does('leave', { channel })),
    archive: (channel) => nothing(does('archive', { channel })),
    deleteChannel: (channel) => nothing(does('delete-channel', { channel })),
    unarchive: (channel) => nothing(does('unarchive', { channel })),
    rename: (channel, to) => nothing(does('rename', { channel, name: to })),
    setTopic: (channel, topic) => nothing(does('set-topic', { channel, topic })),
    invite: (who, channel) => nothing(does('invite', { person: nameOf(who), channel })),
    kick: (who, channel) => nothing(does('kick', { person: nameOf(who), channel })),
    views: () => looks('views'),
    waitForView: (match = () => true, opts) =>
      waitFor(
        `a view ${match} before ${name}`,
        async () => {
          const views = await looks<View[]>('views');
          return views.findLast(viewIs(match));
        },
        opts,
      ),
    sees,
    waitForMessage: (channel, match, opts) =>
      waitFor(
        `a message ${match} before ${name} in ${channel}`,
        async () => (await sees(channel)).findLast(messageIs(match)),
        opts,
      ),
    channels: () => looks('channels'),
    directMessages,
    waitForDirectMessage: (match, opts) =>
      waitFor(
        `a direct message ${match} to ${name}`,
        async () => (await directMessages()).findLast(messageIs(match)),
        opts,
      ),
    home: async () => (await looks<{ view?: View }>('home')).view,
    openHome: () => nothing(does('open-home')),
    dm: async () => (await does<{ channel: string }>('dm')).channel,
  };
}
