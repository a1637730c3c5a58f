/** The people and channels a select offers, as the viewer knows them. */
import type { Json } from '../../../json.ts';
import { objectOf, strings } from '../../../json.ts';
import type { Channel, PersonInfo } from '../../../wire.ts';
import { Avatar } from '../../shell/avatar.tsx';
import { useBlocksContext } from '../contract.ts';
import type { Option } from './option.ts';

export function usePeople(): Option[] {
  const { people, person } = useBlocksContext();
  return [...people.values()]
    .filter(({ role }) => role !== 'deactivated')
    .sort((one, other) => one.realName.localeCompare(other.realName))
    .map((each) => personOption(each, person.id));
}

export function personOption(person: PersonInfo, viewer: string): Option {
  const { id, name, realName } = person;
  const you = id === viewer ? ' (you)' : '';
  return { value: id, label: `${realName}${you}`, description: name, icon: <Avatar person={person} size={20} /> };
}

export function channelOption({ id, name, private: secret }: Channel): Option {
  return { value: id, label: name, icon: <span aria-hidden="true">{secret ? '🔒' : '#'}</span> };
}

export function useChannels(): Option[] {
  const { channels } = useBlocksContext();
  return [...channels.values()]
    .filter(({ kind, archived }) => kind === 'public' && !archived)
    .sort((one, other) => one.name.localeCompare(other.name))
    .map(channelOption);
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object */
export function useConversations(element: Json): Option[] {
  const { channels, people, person } = useBlocksContext();
  const filter = objectOf(element.filter);
  const wanted = filter.include ? strings(filter.include) : ['public', 'private', 'im', 'mpim'];
  const fits = ({ kind, archived, externallyShared }: Channel) =>
    wanted.includes(kind) && !archived && !(externallyShared && filter.exclude_external_shared_channels === true);
  return [...channels.values()]
    .filter((channel) => fits(channel) && (channel.kind === 'public' || channel.members.includes(person.id)))
    .flatMap((channel) => {
      if (channel.kind !== 'im') return [channelOption(channel)];
      const other = people.get(channel.members.find((id) => id !== person.id) ?? person.id);
      if (!other || (other.isBot && filter.exclude_bot_users === true)) return [];
      return [{ ...personOption(other, person.id), value: channel.id }];
    })
    .sort((one, other) => one.label.localeCompare(other.label));
}
