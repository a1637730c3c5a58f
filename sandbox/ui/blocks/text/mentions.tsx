import { useBlocksContext } from '../contract.ts';

export function UserMention({ id }: { id: string }) {
  const { people, person, openPerson } = useBlocksContext();
  const found = people.get(id);
  const words = `@${found?.realName ?? id}`;
  if (!found) return <span class="bk-mention">{words}</span>;
  return (
    <button
      type="button"
      class={`bk-mention ${id === person.id ? 'bk-mention-me' : ''}`}
      onClick={() => openPerson(id)}
    >
      {words}
    </button>
  );
}

export function ChannelMention({ id, label }: { id: string; label?: string | undefined }) {
  const { channels, openChannel } = useBlocksContext();
  const found = channels.get(id);
  if (!found) return <span class="bk-mention bk-mention-closed">{label ? `#${label}` : '🔒 private-channel'}</span>;
  return (
    <button type="button" class="bk-mention" onClick={() => openChannel(id)}>
      {found.private ? '🔒' : '#'}
      {found.name}
    </button>
  );
}

export function GroupMention({ id, label }: { id: string; label?: string | undefined }) {
  const handle = useBlocksContext().usergroups.get(id);
  return <span class="bk-mention">{handle ? `@${handle}` : label || `@${id}`}</span>;
}

export function Broadcast({ range }: { range: string }) {
  return <span class="bk-mention bk-mention-me">@{range}</span>;
}
