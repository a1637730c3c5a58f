import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { PersonInfo, SeenChannel } from '../../wire.ts';
import { act } from '../state/act.ts';
import { personOf, roleOf } from '../state/names.ts';
import { overlay, trying } from '../state/overlay.ts';
import { isMember, people, viewer } from '../state/store.ts';
import { Avatar } from './avatar.tsx';

export function ChannelMembers({ channel }: { channel: SeenChannel }) {
  const typed = useSignal('');
  const canChange = isMember(channel) && !channel.archived;
  const wanted = typed.value.toLowerCase();
  const fits = ({ name, realName }: PersonInfo) => `${name} ${realName}`.toLowerCase().includes(wanted);
  const inside = channel.members.flatMap((id) => personOf(id) ?? []).filter(fits);
  const outside = [...people.value.values()].filter(
    (one) => !channel.members.includes(one.id) && one.role !== 'deactivated' && fits(one),
  );
  return (
    <div>
      <input
        class="input"
        type="search"
        placeholder="Find people"
        aria-label="Find people"
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value;
        }}
      />
      <h3 class="list-title">In this channel</h3>
      <ul class="browse">
        {inside.map((person) => (
          <PersonRow key={person.id} person={person}>
            {canChange && person.id !== viewer.value?.id && (
              <button
                type="button"
                class="button button-small"
                aria-label={`Remove ${person.realName}`}
                onClick={() => trying(act.kick(person.name, channel.id))}
              >
                Remove
              </button>
            )}
          </PersonRow>
        ))}
      </ul>
      {canChange && outside.length > 0 && (
        <>
          <h3 class="list-title">Not in this channel</h3>
          <ul class="browse">
            {outside.map((person) => (
              <PersonRow key={person.id} person={person}>
                <button
                  type="button"
                  class="button button-small button-primary"
                  aria-label={`Add ${person.realName}`}
                  onClick={() => trying(act.invite(person.name, channel.id))}
                >
                  Add
                </button>
              </PersonRow>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function PersonRow({ person, children }: { person: PersonInfo; children: ComponentChildren }) {
  return (
    <li class="browse-row">
      <button
        type="button"
        class="browse-name browse-person"
        onClick={() => (overlay.value = { kind: 'person', id: person.id })}
      >
        <Avatar person={person} size={32} />
        <span>
          <strong>{person.realName}</strong> <span class="soft">{roleOf(person)}</span>
        </span>
      </button>
      {children}
    </li>
  );
}
