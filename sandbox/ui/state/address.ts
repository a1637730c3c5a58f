/** A place as an address: `#/ana/C01/t/1767.01` is ana, in a channel, with a thread beside it. */

export type Tab = 'home' | 'messages' | 'about';

export type Place = {
  person: string;
  channel?: string;
  /** ts of the parent whose thread stands beside the channel */
  thread?: string;
  /** what else stands there */
  pane?: 'pins';
  /** ts of a message to go to */
  message?: string;
  app?: Tab;
};

export function placeOf(hash: string, fallback: string): Place {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [first = '', second = '', third = '', fourth = ''] = path.split('/').map(decodeURIComponent);
  if (first === 'archives') return { person: fallback, ...linked(second, third, new URLSearchParams(query)) };
  const person = first || fallback;
  if (!second) return { person };
  if (second === 'app') return { person, app: third === 'messages' || third === 'about' ? third : 'home' };
  const place: Place = { person, channel: second };
  if (third === 't' && fourth) return { ...place, thread: fourth };
  if (third === 'm' && fourth) return { ...place, message: fourth };
  return third === 'pins' ? { ...place, pane: 'pins' } : place;
}

/** https://docs.slack.dev/reference/methods/chat.getPermalink: p1767000000000100 is the ts without its point. */
function linked(channel: string, message: string, query: URLSearchParams): Omit<Place, 'person'> {
  const ts = message.replace(/^p(\d+)(\d{6})$/, '$1.$2');
  const thread = query.get('thread_ts');
  return thread ? { channel, thread } : { channel, ...(message && { message: ts }) };
}

export function hashOf({ person, channel, thread, pane, message, app }: Place): string {
  const parts = [person];
  if (app) parts.push('app', app);
  else if (channel) parts.push(channel);
  if (thread) parts.push('t', thread);
  else if (message) parts.push('m', message);
  else if (pane) parts.push(pane);
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}
