import type { ComponentChildren } from 'preact';
import { ask } from '../state/act.ts';
import { trying, worldIsOpen } from '../state/overlay.ts';
import { go, personName } from '../state/places.ts';
import { bot, botPerson, line } from '../state/store.ts';
import { Icon } from './icons.tsx';

/** What keeps things from working just now; it goes by itself when that is over. */
export function Banner() {
  if (line.value === 'nobody')
    return (
      <Strip words={`There is nobody called ${personName.value} here.`}>
        <button type="button" class="link" onClick={() => go({ person: 'ana' })}>
          Be Ana
        </button>
      </Strip>
    );
  if (line.value === 'lost')
    return <Strip words="The sandbox is not running. This page comes back by itself as soon as it is." />;
  if (line.value !== 'open' || bot.value.connected) return null;
  return <BotGone />;
}

function BotGone() {
  const name = botPerson.value?.realName ?? 'The bot';
  const { state } = bot.value;
  if (state === 'absent') return <Strip words={`${name} is not running. Start it, and this goes away by itself.`} />;
  if (state !== 'stopped') return <Strip words={`${name} is starting. What is sent to it now does not arrive.`} />;
  return (
    <Strip words={`${name} is not running, so buttons and commands fail, as they would in Slack.`}>
      <button type="button" class="link" onClick={() => trying(ask('POST', '/bot', { do: 'start' }))}>
        Start it
      </button>
      <button
        type="button"
        class="link"
        onClick={() => {
          worldIsOpen.value = true;
        }}
      >
        Open the world panel
      </button>
    </Strip>
  );
}

function Strip({ words, children }: { words: string; children?: ComponentChildren }) {
  return (
    <div class="banner" role="status">
      <Icon name="warning" size={16} />
      <span>{words}</span>
      {children}
    </div>
  );
}
