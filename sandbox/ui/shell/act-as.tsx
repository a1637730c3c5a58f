import { roleOf } from '../state/names.ts';
import { go, personName } from '../state/places.ts';
import { people, viewer } from '../state/store.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { type Group, MenuButton } from './menu.tsx';

/** Anybody of the workspace but those who can no longer sign in. */
function groups(): Group[] {
  const all = [...people.peek().values()].filter(({ isBot, role }) => !isBot && role !== 'deactivated');
  const me = personName.peek();
  return [
    {
      title: 'Act as',
      items: all.map((person) => ({
        label: person.realName,
        note: roleOf(person),
        picture: <Avatar person={person} size={28} />,
        checked: person.name === me,
        do: () => go({ person: person.name }),
      })),
    },
    {
      title: 'In a second window, as',
      items: all
        .filter(({ name }) => name !== me)
        .slice(0, 4)
        .map((person) => ({
          label: `${person.realName} `,
          icon: 'window',
          do: () => {
            window.open(`${location.pathname}#/${person.name}`, '_blank', 'noopener');
          },
        })),
    },
  ];
}

export function ActAs() {
  const person = viewer.value;
  return (
    <MenuButton
      label={`${person?.realName.split(' ')[0] ?? ''}: act as someone else`}
      class="top-button act-as"
      side="end"
      groups={groups}
    >
      <Avatar person={person} size={26} />
      <span class="top-word">{person?.realName.split(' ')[0]}</span>
      <Icon name="down" size={14} />
    </MenuButton>
  );
}
