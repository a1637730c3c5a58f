/** How things are called on the screen. */
import type { Channel, PersonInfo, SeenChannel } from '../../wire.ts';
import { people, viewer } from './store.ts';

export const personOf = (id: string | undefined): PersonInfo | undefined => people.value.get(id ?? '');

export const nameOf = (id: string | undefined): string => personOf(id)?.realName ?? id ?? '';

/** Who a direct conversation is with, without the one who looks; alone it is with oneself. */
export function others(channel: Channel): PersonInfo[] {
  const rest = channel.members.filter((id) => id !== viewer.value?.id);
  return (rest.length > 0 ? rest : channel.members).flatMap((id) => personOf(id) ?? []);
}

export const isDirect = ({ kind }: Channel) => kind === 'im' || kind === 'mpim';

export const titleOf = (channel: Channel): string =>
  isDirect(channel)
    ? others(channel)
        .map(({ realName }) => realName)
        .join(', ')
    : channel.name;

export const isWithBot = (channel: Channel): boolean =>
  channel.kind === 'im' && channel.members.some((id) => personOf(id)?.isBot);

export const byTitle = (a: SeenChannel, b: SeenChannel) =>
  titleOf(a).localeCompare(titleOf(b), 'en', { numeric: true });

const roles: Record<PersonInfo['role'], string> = {
  admin: 'Workspace admin',
  member: 'Member',
  'multi-channel-guest': 'Guest, in several channels',
  'single-channel-guest': 'Guest, in one channel',
  stranger: 'From another workspace',
  deactivated: 'Deactivated',
};

export const roleOf = (person: PersonInfo): string => (person.isBot ? 'App' : roles[person.role]);
