import { act } from '../state/act.ts';
import { nameOf, personOf, roleOf } from '../state/names.ts';
import { closeOverlay, trying } from '../state/overlay.ts';
import { go } from '../state/places.ts';
import { app, now, viewer } from '../state/store.ts';
import { clockTime } from '../state/time.ts';
import { Avatar } from './avatar.tsx';
import { Dialog } from './dialog.tsx';

export function PersonCard({ id }: { id: string }) {
  const person = personOf(id);
  if (!person) return null;
  const isMe = person.id === viewer.value?.id;
  const canAct = !isMe && !person.isBot && person.role !== 'deactivated';

  async function write() {
    closeOverlay();
    if (person?.isBot) return go({ app: 'messages' });
    const { channel } = await act.dm(person?.name ?? '');
    return go({ channel });
  }

  return (
    <Dialog title={person.isBot ? 'App' : 'Profile'} close={closeOverlay}>
      <div class="person">
        <Avatar person={person} size={96} />
        <div>
          <h3>{nameOf(person.id)}</h3>
          <p class="soft">@{person.name}</p>
          <p>{roleOf(person)}</p>
          {person.isBot ? <p>{app.value?.about}</p> : <p class="soft">{localTime(person.timeZone)}</p>}
        </div>
      </div>
      <div class="person-buttons">
        {person.role !== 'deactivated' && (
          <button type="button" class="button" onClick={() => trying(write())}>
            Message
          </button>
        )}
        {canAct && (
          <button
            type="button"
            class="button"
            onClick={() => {
              closeOverlay();
              go({ person: person.name });
            }}
          >
            Act as {person.realName.split(' ')[0]}
          </button>
        )}
      </div>
    </Dialog>
  );
}

const localTime = (zone: string) => `${clockTime(now(), zone)} local time, ${zone.replaceAll('_', ' ')}`;
