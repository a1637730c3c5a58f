import type { PersonInfo } from '../../wire.ts';

/** As many as style/avatar.css has. */
const colors = 10;

/** A person keeps a colour: it follows from the id. */
function colorOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 9973;
  return sum % colors;
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.charAt(0) ?? '').join('');
}

type Props = { person: PersonInfo | undefined; size?: number; active?: boolean };

export function Avatar({ person, size = 36, active }: Props) {
  const id = person?.id ?? '';
  const isApp = person?.isBot ?? false;
  const kind = isApp ? 'avatar-app' : `avatar-${person ? colorOf(id) : 'none'}`;
  return (
    <span
      class={`avatar ${kind}`}
      style={{ width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.4}px` }}
      aria-hidden="true"
      data-initials={isApp ? undefined : initialsOf(person?.realName ?? '?')}
    >
      {isApp && <Bell />}
      {active !== undefined && <i class={`presence ${active ? 'presence-on' : ''}`} />}
    </span>
  );
}

export function Bell() {
  return (
    <svg viewBox="0 0 32 32" width="78%" height="78%" aria-hidden="true">
      <path
        fill="currentColor"
        d="M16 5a2 2 0 0 1 2 2v.4c3.5.9 6 4 6 7.8v4.3l2 3.1c.4.7 0 1.4-.8 1.4H6.8c-.8 0-1.2-.7-.8-1.4l2-3.1v-4.3c0-3.7 2.5-6.9 6-7.8V7a2 2 0 0 1 2-2Zm-3 20.5h6a3 3 0 0 1-6 0Z"
      />
    </svg>
  );
}

/** Slack's own helper, who tells of commands that failed. */
export function SlackbotAvatar({ size = 36 }: { size?: number }) {
  return (
    <span
      class="avatar avatar-slackbot"
      style={{ width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.5}px` }}
      aria-hidden="true"
    >
      ♥
    </span>
  );
}
